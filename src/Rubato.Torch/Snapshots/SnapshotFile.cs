using Rubato.Runs.Weights;

namespace Rubato.Torch.Snapshots;

/// <summary>Snapshots under their names in a safetensors file, exact to the bit.</summary>
internal sealed class SnapshotFile : IDisposable
{
    private readonly SafeTensorsReader _file;
    private readonly Dictionary<string, TensorInfo> _tensors;
    private readonly string _name;

    private SnapshotFile(SafeTensorsReader file, string name)
    {
        (_file, _name) = (file, name);
        _tensors = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>Writes snapshots.</summary>
    internal static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, Snapshot>> snapshots) =>
        SafeTensorsWriter.Write(stream, [.. snapshots.SelectMany(named => named.Value.Parts().Select(part => new TensorEntry(
            $"{named.Key}.{part.Name}", ElementName.Of(part.Type), part.Shape, content => content.Write(part.ToBytes()))))]);

    /// <summary>Opens a file of snapshots.</summary>
    /// <param name="stream">The whole file; must seek. Disposed with it.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InvalidInputException">It is no safetensors file.</exception>
    internal static SnapshotFile Open(Stream stream, string name) => new(SafeTensorsReader.Open(stream, name), name);

    /// <summary>Whether it holds a snapshot of this name.</summary>
    internal bool Has(string snapshot) => _tensors.Keys.Any(name => name.StartsWith($"{snapshot}.", StringComparison.Ordinal));

    /// <summary>Fills snapshots. If any tensor does not fit, nothing is filled.</summary>
    /// <exception cref="InvalidInputException">A tensor is missing or left over, or has another shape or type.</exception>
    internal void Fill(IReadOnlyList<KeyValuePair<string, Snapshot>> snapshots)
    {
        var left = new Dictionary<string, TensorInfo>(_tensors, StringComparer.Ordinal);
        var findings = new List<Finding>();
        var pairs = new List<(SnapshotPart Part, TensorInfo? Tensor)>();
        foreach (var (snapshot, parts) in snapshots.Select(named => (named.Key, named.Value.Parts(withAllState: true))))
        {
            foreach (var part in parts)
            {
                var name = $"{snapshot}.{part.Name}";
                if (!left.Remove(name, out var tensor))
                {
                    if (IsLateState(name))
                    {
                        pairs.Add((part, null));
                    }
                    else
                    {
                        findings.Add($"'{_name}' has no tensor '{name}'; it belongs to another training.");
                    }
                }
                else if (tensor.Type != ElementName.Of(part.Type) || !tensor.Shape.AsSpan().SequenceEqual([.. part.Shape]))
                {
                    findings.Add(
                        $"'{_name}': the tensor '{name}' is {tensor.Type} ({string.Join(", ", tensor.Shape)}), "
                        + $"but this training needs {ElementName.Of(part.Type)} ({string.Join(", ", part.Shape)}).");
                }
                else
                {
                    pairs.Add((part, tensor));
                }
            }
        }

        findings.AddRange(left.Keys.Select(
            name => new Finding($"'{_name}'", null, $"has a tensor '{name}' that this training does not have")));
        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        foreach (var (part, tensor) in pairs)
        {
            part.Fill(tensor is null ? new byte[part.ToBytes().Length] : Read(tensor));
        }
    }

    public void Dispose() => _file.Dispose();

    // Optimizer state that did not exist yet when the file was saved, and stands for zeros.
    private bool IsLateState(string name)
    {
        var list = name[..(name.LastIndexOf('.') + 1)];
        return name.Contains(".optimizer.", StringComparison.Ordinal)
            && !_tensors.Keys.Any(stored => stored.StartsWith(list, StringComparison.Ordinal));
    }

    private byte[] Read(TensorInfo tensor)
    {
        var bytes = new byte[tensor.ByteCount];
        _file.Read(tensor, bytes);
        return bytes;
    }
}
