using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>
/// A function of a batch with parameters (trained) and buffers (kept, not trained), and layers inside it. Names compose with dots, as in
/// PyTorch: <c>layer1.0.conv1.weight</c>.
/// </summary>
/// <remarks>A layer owns its tensors and the layers inside it; <see cref="Dispose()"/> frees them.</remarks>
public abstract class Layer : IDisposable
{
    private readonly List<KeyValuePair<string, Layer>> _children = [];
    private readonly List<Parameter> _parameters = [];
    private readonly List<Buffer> _buffers = [];

    /// <summary>The function.</summary>
    /// <param name="input">The batch; the first dimension counts samples.</param>
    /// <param name="mode">What the pass is for.</param>
    /// <returns>The result; it may share the input's memory, which must then not be used further.</returns>
    /// <exception cref="TorchException">The input's shape does not fit.</exception>
    public abstract Tensor Forward(Tensor input, ForwardMode mode);

    /// <summary>All parameters with their full names: the layer's own first, then those of the layers inside.</summary>
    /// <param name="prefix">What to put before the names.</param>
    /// <returns>The parameters in a fixed order.</returns>
    public IEnumerable<KeyValuePair<string, Parameter>> NamedParameters(string prefix = "") =>
        _parameters.Select(parameter => KeyValuePair.Create(prefix + parameter.Name, parameter))
            .Concat(_children.SelectMany(child => child.Value.NamedParameters($"{prefix}{child.Key}.")));

    /// <summary>All parameters and buffers with their full names, as PyTorch's <c>state_dict</c> has them.</summary>
    /// <param name="prefix">What to put before the names.</param>
    /// <returns>The tensors in a fixed order; the layer's own memory.</returns>
    public IEnumerable<KeyValuePair<string, Tensor>> StateTensors(string prefix = "") =>
        _parameters.Select(parameter => KeyValuePair.Create(prefix + parameter.Name, parameter.Value))
            .Concat(_buffers.Select(buffer => KeyValuePair.Create(prefix + buffer.Name, buffer.Value)))
            .Concat(_children.SelectMany(child => child.Value.StateTensors($"{prefix}{child.Key}.")));

    /// <summary>Moves parameters and buffers to a device; tensors of four dimensions take the given order in memory.</summary>
    /// <param name="device">The device.</param>
    /// <param name="format">The order in memory.</param>
    public void MoveTo(Device device, MemoryFormat format)
    {
        foreach (var parameter in _parameters)
        {
            parameter.Value = Moved(parameter.Value, device, format);
            parameter.Value.RequiresGrad = parameter.IsTrained;
        }

        foreach (var buffer in _buffers)
        {
            buffer.Value = Moved(buffer.Value, device, format);
        }

        foreach (var (_, child) in _children)
        {
            child.MoveTo(device, format);
        }
    }

    /// <summary>Makes floating-point parameters and buffers numbers of another type; those that count stay whole.</summary>
    /// <param name="type"><see cref="ScalarType.Float32"/> or <see cref="ScalarType.Float64"/>.</param>
    /// <remarks>Like <see cref="MoveTo"/> it replaces the tensors: do it before optimizers and snapshots are made.</remarks>
    public void ConvertTo(ScalarType type)
    {
        foreach (var parameter in _parameters)
        {
            parameter.Value = Converted(parameter.Value, type);
            parameter.Value.RequiresGrad = parameter.IsTrained;
        }

        foreach (var buffer in _buffers.Where(buffer => buffer.Value.ScalarType is ScalarType.Float32 or ScalarType.Float64))
        {
            buffer.Value = Converted(buffer.Value, type);
        }

        foreach (var (_, child) in _children)
        {
            child.ConvertTo(type);
        }
    }

    /// <summary>
    /// What becomes of the length of weights in this layer, one method of the trace for each operation of <see cref="Forward"/>; see
    /// <see cref="ScaleInvariance"/>.
    /// </summary>
    /// <param name="input">What enters; null for numbers that depend on no length.</param>
    /// <param name="trace">Follows it.</param>
    /// <returns>What leaves.</returns>
    /// <remarks>A layer that does not say it is taken for one that sees the length of its input, and none of its own weights are scale-invariant.</remarks>
    public virtual LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Other(input);
    }

    /// <summary>Leaves the weights and biases of normalizations at 1 and 0.</summary>
    /// <returns>Whether there is a normalization among this layer and those inside it.</returns>
    public virtual bool FreezeAffine()
    {
        var found = false;
        foreach (var (_, child) in _children)
        {
            found |= child.FreezeAffine();
        }

        return found;
    }

    /// <summary>Leaves the parameters of the last layer that has any at their initial values.</summary>
    public void FreezeLast()
    {
        if (_parameters.Count == 0 && _children.LastOrDefault(child => child.Value.NamedParameters().Any()).Value is { } last)
        {
            last.FreezeLast();
            return;
        }

        _parameters.ForEach(parameter => parameter.Freeze());
    }

    /// <summary>Lets batch normalizations in training take their statistics over so many samples at a time; see <see cref="BatchNorm"/>.</summary>
    /// <param name="samples">How many, at least 2; null for all that are given at once.</param>
    /// <returns>Whether there is a batch normalization among this layer and those inside it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is below 2.</exception>
    public virtual bool UseGhostBatch(int? samples)
    {
        var found = false;
        foreach (var (_, child) in _children)
        {
            found |= child.UseGhostBatch(samples);
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the tensors of this layer and of the layers inside it.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        _parameters.ForEach(parameter => parameter.Value.Dispose());
        _buffers.ForEach(buffer => buffer.Value.Dispose());
        _children.ForEach(child => child.Value.Dispose());
    }

    /// <summary>Puts a layer inside this one.</summary>
    /// <typeparam name="T">The layer's type.</typeparam>
    /// <param name="name">Its name, without dots.</param>
    /// <param name="layer">The layer; owned from here on.</param>
    /// <returns>The layer.</returns>
    protected T Add<T>(string name, T layer)
        where T : Layer
    {
        _children.Add(new(name, layer));
        return layer;
    }

    /// <summary>Gives this layer a parameter.</summary>
    /// <param name="name">Its name, without dots.</param>
    /// <param name="value">Its initial value; owned from here on.</param>
    /// <param name="rateMultiplier">The factor on the learning rate.</param>
    /// <param name="decayMultiplier">The factor on the weight decay.</param>
    /// <returns>The parameter.</returns>
    protected Parameter AddParameter(string name, Tensor value, double rateMultiplier = 1, double decayMultiplier = 1)
    {
        value.Persist().RequiresGrad = true;
        var parameter = new Parameter(name, value, rateMultiplier, decayMultiplier);
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Gives this layer a buffer.</summary>
    /// <param name="name">Its name, without dots.</param>
    /// <param name="value">Its initial value; owned from here on.</param>
    /// <returns>The buffer.</returns>
    protected Buffer AddBuffer(string name, Tensor value)
    {
        var buffer = new Buffer(name, value.Persist());
        _buffers.Add(buffer);
        return buffer;
    }

    private static Tensor Converted(Tensor tensor, ScalarType type)
    {
        if (tensor.ScalarType == type)
        {
            return tensor;
        }

        using var scope = TensorScope.Begin();
        var converted = scope.Keep(Ops.Clone(Ops.To(Ops.Detach(tensor), type))).Persist();
        tensor.Dispose();
        return converted;
    }

    private static Tensor Moved(Tensor tensor, Device device, MemoryFormat format)
    {
        using var scope = TensorScope.Begin();
        var target = tensor.Shape.Length == 4 ? format : MemoryFormat.Contiguous;
        var moved = scope.Keep(Ops.Clone(Ops.To(Ops.Detach(tensor), device), target)).Persist();
        tensor.Dispose();
        return moved;
    }

    /// <summary>A tensor that a layer keeps and does not train.</summary>
    /// <remarks>Owned by its layer.</remarks>
    protected sealed class Buffer
    {
        internal Buffer(string name, Tensor value)
        {
            Name = name;
            Value = value;
        }

        /// <summary>Its name in the layer, as in PyTorch.</summary>
        public string Name { get; }

        /// <summary>Its content.</summary>
        public Tensor Value { get; internal set; }
    }
}
