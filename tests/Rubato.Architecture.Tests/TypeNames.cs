using System.Reflection;

namespace Rubato.Architecture.Tests;

/// <summary>Types as C# writes them, with nullable references.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(nint)] = "nint",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(void)] = "void",
    };

    public static string Of(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var mark = info.ReadState == NullabilityState.Nullable && !type.IsValueType ? "?" : "";
        if (type.IsArray && info.ElementType is { } element)
        {
            return $"{Of(element)}[]{mark}";
        }

        return type.IsGenericType && Nullable.GetUnderlyingType(type) is null && info.GenericTypeArguments.Length > 0
            ? $"{Bare(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Of))}>{mark}"
            : Full(type) + mark;
    }

    public static string Full(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Full(underlying) + "?";
        }

        return type switch
        {
            { IsGenericParameter: true } => type.Name,
            { IsArray: true } => $"{Full(type.GetElementType()!)}[]",
            { IsByRef: true } or { IsPointer: true } => Full(type.GetElementType()!),
            { IsGenericType: true } => $"{Bare(type)}<{string.Join(", ", type.GetGenericArguments().Select(Full))}>",
            _ => Bare(type),
        };
    }

    /// <summary>With its namespace where it is ours, since <c>System</c> goes without saying.</summary>
    private static string Bare(Type type)
    {
        var name = type.Name.Split('`')[0];
        if (type.DeclaringType is { } outer && !type.IsGenericParameter)
        {
            return $"{Bare(outer)}.{name}";
        }

        return type.Namespace is { } space && space.StartsWith("Rubato", StringComparison.Ordinal) ? $"{space}.{name}" : name;
    }
}
