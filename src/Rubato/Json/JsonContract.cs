using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rubato.Json;

/// <summary>The contract of schedules and plans in JSON: the generated one, and the rule that what may be left out is left out.</summary>
internal static class JsonContract
{
    /// <summary>A level of a schedule takes up to three levels of JSON.</summary>
    internal const int MaxDepth = 256;

    private static readonly JsonSerializerOptions Rules = new(RubatoJson.Default.Options)
    {
        TypeInfoResolver = RubatoJson.Default.WithAddedModifier(OmitDefaults),

        // The files are read by people; they are not put into a page unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The contract of a type.</summary>
    internal static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Of(typeof(T));

    /// <summary>The contract of a type.</summary>
    internal static JsonTypeInfo Of(Type type) => Rules.GetTypeInfo(type);

    private static void OmitDefaults(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: true } parameter)
            {
                property.ShouldSerialize = (_, value) =>
                    value is not (null or Duration { IsRest: true }) && !value.Equals(parameter.DefaultValue);
            }
        }
    }
}
