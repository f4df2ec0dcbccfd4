using System.Text;
using Rubato.Runs.Weights;
using Rubato.Torch.Snapshots;

namespace Rubato.Torch.Running;

/// <summary>
/// A trainer's whole state in a safetensors file, exact to the bit: its snapshots under their names, and the driver's saved text as the
/// tensor <c>position</c>.
/// </summary>
internal sealed class Checkpoint : IDisposable
{
    private const string PositionName = "position";
    private readonly SafeTensorsReader _file;
    private readonly Dictionary<string, TensorInfo> _tensors;
    private readonly string _name;

    private Checkpoint(SafeTensorsReader file, string name)
    {
        (_file, _name) = (file, name);
        _tensors = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        if (!_tensors.Remove(PositionName, out var position))
        {
            throw new InvalidInputException($"'{name}' has no tensor '{PositionName}'; it is no checkpoint of a training.");
        }

        Position = Encoding.UTF8.GetString(Read(position));
    }

    /// <summary>The text that <see cref="Driver.Save"/> returned.</summary>
    internal string Position { get; }

    /// <summary>Writes a checkpoint.</summary>
    internal static void Write(Stream stream, string position, IReadOnlyList<KeyValuePair<string, Snapshot>> snapshots)
    {
        var bytes = Encoding.UTF8.GetBytes(position);
        var entries = snapshots.SelectMany(named => named.Value.Parts().Select(part => new TensorEntry(
            $"{named.Key}.{part.Name}", ElementName.Of(part.Type), part.Shape, content => content.Write(part.ToBytes()))));
        SafeTensorsWriter.Write(stream, [TensorEntry.From(PositionName, "U8", [bytes.Length], bytes), .. entries]);
    }

    /// <summary>Opens a checkpoint and reads its position.</summary>
    /// <param name="stream">The whole file; must seek. Disposed with the checkpoint.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InvalidInputException">It is no checkpoint.</exception>
    internal static Checkpoint Open(Stream stream, string name)
    {
        var file = SafeTensorsReader.Open(stream, name);
        try
        {
            return new Checkpoint(file, name);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

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
