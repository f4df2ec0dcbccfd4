using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rubato.Architecture.Tests;

/// <summary>The built rooms as reflection sees them.</summary>
internal static class Library
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<Type> PublicTypes => Arrows.Rooms.SelectMany(room => Assembly.Load(room).GetExportedTypes());

    /// <summary>The compiler gives every record, class or struct, this member.</summary>
    public static bool IsRecord(Type type) =>
        type.GetMethods(Declared).Any(method => method.Name == "PrintMembers" && method.IsDefined(typeof(CompilerGeneratedAttribute)));

    public static bool IsInitOnly(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    /// <summary>What of a record can be changed after it was made.</summary>
    public static IEnumerable<string> MutableParts(Type type)
    {
        const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        if (type.IsValueType && !type.IsDefined(typeof(IsReadOnlyAttribute)))
        {
            yield return $"{type.FullName} is not readonly";
        }

        foreach (var property in type.GetProperties(Instance))
        {
            if (property.SetMethod is { IsPrivate: false } setter && !IsInitOnly(setter))
            {
                yield return $"{type.FullName}.{property.Name} can be set";
            }
        }

        foreach (var field in type.GetFields(Instance))
        {
            if (!field.IsPrivate && !field.IsInitOnly)
            {
                yield return $"{type.FullName}.{field.Name} can be set";
            }
        }
    }
}
