using Rubato.Runs.Weights;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch;

/// <summary>
/// A network's parameters and buffers in a safetensors file, under PyTorch's names, such as the <c>model.safetensors</c> of a run folder.
/// </summary>
public static class TrainedWeights
{
    /// <summary>
    /// Fills the tensors of a network that have a namesake of the same shape in a file, and names all others: for a network that goes on
    /// from what another one has learned.
    /// </summary>
    /// <param name="network">The network; tensors that do not fit stay as they are.</param>
    /// <param name="path">The file.</param>
    /// <returns>What was loaded, and what was not.</returns>
    /// <exception cref="InvalidInputException">
    /// The file cannot be read or is no safetensors file, or it fits no parameter of the network. Nothing has changed.
    /// </exception>
    /// <remarks>
    /// Floating-point numbers are converted to the network's type: F16, BF16, F32 and F64 in either direction, where a number beyond the
    /// range of the new type becomes infinite. Other types must be the same. Frozen parameters are filled, too.
    /// </remarks>
    public static LoadedWeights Load(Module network, string path) => Load(network, path, nameof(path));

    /// <summary>Writes all parameters and buffers of a network; Python reads them by <c>safetensors.torch.load_file</c>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; replaced if it exists, whole or not at all.</param>
    /// <exception cref="InvalidInputException">A tensor holds what the format has no name for, such as complex numbers.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Module network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(path);
        SafeTensorsWriter.Write(path, Of(network));
    }

    /// <summary>The tensors to be written.</summary>
    internal static IReadOnlyList<TensorEntry> Of(Module network) =>
        [.. network.state_dict().Select(named => Entry(named.Key, named.Value))];

    /// <summary>The same of weights that were kept.</summary>
    internal static IReadOnlyList<TensorEntry> Of(BestWeights weights) =>
    [
        .. weights.Tensors.Select(tensor => TensorEntry.From(tensor.Name, ElementName.Of(tensor.Type), tensor.Shape, tensor.Bytes)),
    ];

    /// <summary>Fills a network from a file that a setting names.</summary>
    internal static LoadedWeights Load(Module network, string path, string setting)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(path);
        using var file = SafeTensorsReader.Open(path);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var stored = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var own = network.state_dict();
        var fits = own.Where(named => stored.TryGetValue(named.Key, out var info) && Fits(info, named.Value)).ToList();
        var parameters = network.named_parameters().Select(named => named.name).ToHashSet(StringComparer.Ordinal);
        if (fits.Count == 0 || (parameters.Count > 0 && !fits.Exists(named => parameters.Contains(named.Key))))
        {
            throw new InvalidInputException(new Finding(
                setting,
                path,
                "but no tensor in it has the name and the shape of a parameter of the network",
                $"it has {Listed(stored.Values.Select(Described))}, and the network needs "
                    + Listed(own.Select(named => Described(named.Key, named.Value)))));
        }

        // All are read before any is filled, so that a file that cannot be read to its end changes nothing.
        var read = fits.ConvertAll(named => (Own: named.Value, Stored: Values(file, stored[named.Key])));
        read.ForEach(pair => pair.Own.copy_(pair.Stored));
        return new LoadedWeights
        {
            Tensors = own.Count,
            Loaded = [.. fits.Select(named => named.Key)],
            Notes = [.. Notes(path, stored, own, fits)],
        };
    }

    private static IEnumerable<string> Notes(
        string path,
        Dictionary<string, TensorInfo> stored,
        Dictionary<string, Tensor> own,
        List<KeyValuePair<string, Tensor>> fits)
    {
        var unfit = own.Where(named => stored.TryGetValue(named.Key, out var info) && !Fits(info, named.Value)).ToList();
        string[] missing = [.. own.Keys.Where(name => !stored.ContainsKey(name))];
        string[] left = [.. stored.Keys.Where(name => !own.ContainsKey(name))];
        var converted = fits.Where(named => stored[named.Key].Type != ElementName.Of(named.Value.dtype)).ToList();
        if (missing.Length > 0)
        {
            yield return $"'{path}' lacks {Listed(missing)}, which stay as they were.";
        }

        if (left.Length > 0)
        {
            yield return $"'{path}' has {Listed(left)}, which the network does not have.";
        }

        if (unfit.Count > 0)
        {
            var pairs = unfit.Select(named => $"{Described(stored[named.Key])} for {Described(named.Value)}");
            yield return $"'{path}' has {string.Join(", ", pairs)} of the network, which stay as they were.";
        }

        if (converted.Count > 0)
        {
            var types = converted.Select(named => $"{stored[named.Key].Type} to {ElementName.Of(named.Value.dtype)}")
                .Distinct(StringComparer.Ordinal);
            yield return $"{converted.Count} of the tensors in '{path}' were converted from {Listed(types)}.";
        }
    }

    private static bool Fits(TensorInfo info, Tensor tensor)
    {
        var type = ElementName.Of(tensor.dtype);
        return info.Shape.AsSpan().SequenceEqual(tensor.shape)
            && (info.Type == type || (ElementName.IsFloat(info.Type) && ElementName.IsFloat(type)));
    }

    private static Tensor Values(SafeTensorsReader file, TensorInfo info)
    {
        var values = empty([.. info.Shape], ElementName.TypeOf(info.Type));
        file.Read(info, values.bytes);
        return values;
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } listed ? listed : "none";

    private static string Described(TensorInfo info) => $"{info.Name} {info.Type} ({string.Join(", ", info.Shape)})";

    private static string Described(string name, Tensor tensor) => $"{name} {Described(tensor)}";

    private static string Described(Tensor tensor) => $"{ElementName.Of(tensor.dtype)} ({string.Join(", ", tensor.shape)})";

    private static TensorEntry Entry(string name, Tensor tensor) =>
        new(name, ElementName.Of(tensor.dtype), tensor.shape, stream => stream.Write(BytesOf(tensor)));

    // In the order of the shape, whatever the order in memory is.
    private static byte[] BytesOf(Tensor tensor)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().bytes.ToArray();
    }
}
