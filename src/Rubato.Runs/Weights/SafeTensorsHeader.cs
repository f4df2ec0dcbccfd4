using System.Collections.Immutable;
using System.Text.Json;

namespace Rubato.Runs.Weights;

/// <summary>The JSON header of a safetensors file, checked against the length of the data.</summary>
internal sealed record SafeTensorsHeader(ImmutableArray<TensorInfo> Tensors, ImmutableSortedDictionary<string, string> Metadata)
{
    // The limit of the format's own implementation (safetensors/src/tensor.rs, MAX_HEADER_SIZE).
    internal const long MostBytes = 100_000_000;
    private const int MostFindings = 20;

    internal static SafeTensorsHeader Parse(ReadOnlyMemory<byte> json, long dataLength, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var findings = new List<Finding>();
            var header = Parse(document.RootElement, dataLength, findings);
            return findings.Count == 0 ? header : throw new InvalidInputException([.. findings.Select(finding => finding.Under(name))]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no UTF-8 or half a surrogate pair.
            throw new InvalidInputException(new Finding(name, null, $"the safetensors header is not valid JSON: {e.Message}"), e);
        }
    }

    private static SafeTensorsHeader Parse(JsonElement root, long dataLength, List<Finding> findings)
    {
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var tensors = new List<TensorInfo>();
        if (root.ValueKind != JsonValueKind.Object)
        {
            findings.Add("the safetensors header must be a JSON object.");
            return new SafeTensorsHeader([], metadata.ToImmutable());
        }

        foreach (var property in root.EnumerateObject())
        {
            if (findings.Count == MostFindings)
            {
                break;
            }

            if (property.NameEquals("__metadata__"))
            {
                ReadMetadata(property.Value, metadata, findings);
            }
            else if (ReadTensor(property.Name, property.Value, dataLength, findings) is { } tensor)
            {
                tensors.Add(tensor);
            }
        }

        tensors.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        if (findings.Count == 0)
        {
            RequireNoGaps(tensors, dataLength, findings);
        }

        return new SafeTensorsHeader([.. tensors], metadata.ToImmutable());
    }

    private static void ReadMetadata(JsonElement value, ImmutableSortedDictionary<string, string>.Builder metadata, List<Finding> findings)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(item => item.Value.ValueKind != JsonValueKind.String))
        {
            findings.Add("__metadata__ must be an object of strings.");
            return;
        }

        foreach (var item in value.EnumerateObject())
        {
            metadata[item.Name] = item.Value.GetString() ?? "";
        }
    }

    private static TensorInfo? ReadTensor(string name, JsonElement value, long dataLength, List<Finding> findings)
    {
        if (value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().Count() != 3
            || !value.TryGetProperty("dtype", out var type)
            || type.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out var shape)
            || Integers(shape) is not { } extents
            || !value.TryGetProperty("data_offsets", out var offsets)
            || Integers(offsets) is not [var begin, var end])
        {
            findings.Add($"the tensor '{name}' must have exactly a dtype, a shape of integers and two data_offsets.");
            return null;
        }

        var typeName = type.GetString() ?? "";
        if (!ElementTypes.TrySizeOf(typeName, out var elementBytes))
        {
            findings.Add(new Finding($"the tensor '{name}' has the dtype '{typeName}'") { Remedy = $"known are {ElementTypes.Names}" });
        }
        else if (!ElementTypes.TryByteCount(elementBytes, extents, out var bytes))
        {
            findings.Add($"the tensor '{name}' has the shape [{string.Join(", ", extents)}], which is negative or too large.");
        }
        else if (begin < 0 || begin > end || end > dataLength)
        {
            findings.Add($"the tensor '{name}' has the data_offsets [{begin}, {end}], but the file holds {dataLength} bytes of data.");
        }
        else if (end - begin != bytes)
        {
            findings.Add($"the tensor '{name}' has {bytes} bytes by its shape, but {end - begin} by its data_offsets.");
        }
        else
        {
            return new TensorInfo(name, typeName, [.. extents], begin, end);
        }

        return null;
    }

    private static List<long>? Integers(JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var values = new List<long>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var value))
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    private static void RequireNoGaps(List<TensorInfo> tensors, long dataLength, List<Finding> findings)
    {
        long end = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin != end)
            {
                findings.Add(
                    $"the tensor '{tensor.Name}' begins at {tensor.Begin}, but the data before it ends at {end}: "
                    + "tensors must follow each other without overlap or gap.");
                return;
            }

            end = tensor.End;
        }

        if (end != dataLength)
        {
            findings.Add($"the tensors end at {end}, but the file holds {dataLength} bytes of data.");
        }
    }
}
