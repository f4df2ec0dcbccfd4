using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rubato.Architecture.Tests;

/// <summary>The public surface of an assembly as text: a line a type, its members indented below, all in ordinal order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Print(IEnumerable<Type> types) =>
        string.Concat(types.OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(Type type)
    {
        yield return Header(type);
        foreach (var line in Members(type).Order(StringComparer.Ordinal))
        {
            yield return "    " + line;
        }
    }

    private static string Header(Type type)
    {
        if (type.BaseType == typeof(MulticastDelegate))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeNames.Of(Nullability.Create(invoke.ReturnParameter))} {TypeNames.Full(type)}({Parameters(invoke)})";
        }

        IEnumerable<string> bases = type.GetInterfaces()
            .Where(candidate => candidate.IsPublic && !type.IsEnum)
            .Where(candidate => !Library.IsRecord(type) || candidate != typeof(IEquatable<>).MakeGenericType(type))
            .Where(candidate => type.BaseType is null || !type.BaseType.GetInterfaces().Contains(candidate))
            .Select(TypeNames.Full)
            .Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
        {
            bases = bases.Prepend(TypeNames.Full(parent));
        }

        var list = string.Join(", ", bases);
        return $"{Kind(type)} {TypeNames.Full(type)}{(list.Length > 0 ? $" : {list}" : "")}";
    }

    private static string Kind(Type type)
    {
        var record = Library.IsRecord(type) ? "record " : "";
        return type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{record}struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => $"abstract {record}class",
            { IsSealed: true } => $"sealed {record}class",
            _ => $"{record}class",
        };
    }

    /// <summary>What the compiler adds to a record (equality, printing, cloning, deconstruction) is said by the word record.</summary>
    private static IEnumerable<string> Members(Type type)
    {
        if (type.BaseType == typeof(MulticastDelegate))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Enum.Format(type, Enum.Parse(type, name), "D")}");
        }

        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(Field);
        var constructors = type.GetConstructors(Declared)
            .Where(made => IsVisible(made) && !IsGenerated(made, type))
            .Select(made => $"new({Parameters(made)})");
        var methods = type.GetMethods(Declared)
            .Where(method => IsVisible(method) && !IsGenerated(method, type))
            .Where(method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Select(Method);
        var properties = type.GetProperties(Declared)
            .Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible) && !IsGenerated(property, type))
            .Select(Property);
        return fields.Concat(constructors).Concat(methods).Concat(properties);
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsGenerated(MemberInfo member, Type type) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute))
        || (Library.IsRecord(type) && member is PropertyInfo { Name: "EqualityContract" });

    private static string Field(FieldInfo field)
    {
        var name = $"{TypeNames.Of(Nullability.Create(field))} {field.Name}";
        return field.IsLiteral
            ? $"const {name} = {Literal(field.GetRawConstantValue())}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{name}";
    }

    private static string Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? " get;" : "";
        var setter = property.SetMethod is { } set && IsVisible(set) ? Library.IsInitOnly(set) ? " init;" : " set;" : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var modifiers = Modifiers(property.GetAccessors(nonPublic: true)[0]);
        return $"{modifiers}{required}{TypeNames.Of(Nullability.Create(property))} {name} {{{getter}{setter} }}";
    }

    private static string Method(MethodInfo method)
    {
        var arguments = string.Join(", ", method.GetGenericArguments().Select(TypeNames.Full));
        var generic = method.IsGenericMethodDefinition ? $"<{arguments}>" : "";
        var result = TypeNames.Of(Nullability.Create(method.ReturnParameter));
        return $"{Modifiers(method)}{result} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Modifiers(MethodBase method)
    {
        var access = method.IsPublic ? "" : "protected ";
        if (method.DeclaringType!.IsInterface)
        {
            return method.IsStatic ? "static " : "";
        }

        if (method.IsStatic)
        {
            return access + "static ";
        }

        var isOverride = method is MethodInfo { IsVirtual: true } info && info.GetBaseDefinition() != info;
        return access
            + (method.IsAbstract ? "abstract "
                : isOverride ? "override "
                : method is { IsVirtual: true, IsFinal: false } ? "virtual "
                : "");
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var isMany = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        var many = isMany ? "params " : "";
        var standard = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "";
        return $"{many}{passing}{TypeNames.Of(Nullability.Create(parameter))} {parameter.Name}{standard}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
