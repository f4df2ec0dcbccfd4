using System.Collections.Frozen;

namespace Rubato.Runs.Weights;

/// <summary>The element types of the safetensors format, by its names, with their sizes in bytes.</summary>
internal static class ElementTypes
{
    private static readonly FrozenDictionary<string, int> Sizes = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BOOL"] = 1,
        ["U8"] = 1,
        ["I8"] = 1,
        ["F8_E5M2"] = 1,
        ["F8_E4M3"] = 1,
        ["U16"] = 2,
        ["I16"] = 2,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["U32"] = 4,
        ["I32"] = 4,
        ["F32"] = 4,
        ["U64"] = 8,
        ["I64"] = 8,
        ["F64"] = 8,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static string Names => string.Join(", ", Sizes.Keys.Order(StringComparer.Ordinal));

    internal static bool TrySizeOf(string type, out int bytes) => Sizes.TryGetValue(type, out bytes);

    /// <summary>The bytes of a tensor: <c>size(type) shape[0] shape[1] ...</c>; false where that is no number of 63 bits.</summary>
    internal static bool TryByteCount(int elementBytes, IReadOnlyList<long> shape, out long bytes)
    {
        bytes = 0;
        // A zero extent anywhere makes the tensor empty, but the others must still be legal.
        Int128 product = elementBytes;
        foreach (var extent in shape)
        {
            if (extent < 0)
            {
                return false;
            }

            product *= extent;
            if (product > long.MaxValue)
            {
                return false;
            }
        }

        bytes = (long)product;
        return true;
    }
}
