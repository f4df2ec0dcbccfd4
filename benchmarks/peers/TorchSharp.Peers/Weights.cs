using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace Peers;

/// <summary>Initial weights from a safetensors file, as ../README.md describes it.</summary>
internal static class Weights
{
    public static void Load(nn.Module network, string path)
    {
        using var scope = NewDisposeScope();
        using var pause = no_grad();
        var file = File.ReadAllBytes(path);
        var start = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, start - 8));
        var state = network.state_dict();
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__" || !state.Remove(entry.Name, out var target))
            {
                continue;
            }

            var offsets = entry.Value.GetProperty("data_offsets");
            var bytes = file.AsSpan((start + offsets[0].GetInt32())..(start + offsets[1].GetInt32()));
            var values = entry.Value.GetProperty("dtype").GetString() == "F32"
                ? tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray())
                : tensor(MemoryMarshal.Cast<byte, long>(bytes).ToArray());
            target.copy_(values.view(target.shape));
        }

        if (state.Count > 0)
        {
            throw new InvalidDataException($"{path} has no {string.Join(", ", state.Keys)}.");
        }
    }
}
