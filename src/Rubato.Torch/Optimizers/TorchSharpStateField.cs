using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// A copy of one field in the state that an optimizer of TorchSharp has for a parameter: a number, or a tensor that may be null.
/// </summary>
internal sealed class TorchSharpStateField : IDisposable
{
    private readonly string _name;
    private readonly OptimizerState _state;
    private readonly FieldInfo _field;
    private readonly Tensor _parameter;
    private readonly long[]? _count;
    private readonly double[]? _number;
    private Tensor? _copy;

    // For a tensor the count is 1, and 0 if the tensor is null.
    private TorchSharpStateField(string name, OptimizerState state, FieldInfo field, Tensor parameter)
    {
        (_name, _state, _field, _parameter) = (name, state, field, parameter);
        (_count, _number) = field.FieldType == typeof(double) ? (null, new double[1]) : (new long[1], (double[]?)null);
    }

    private bool HoldsTensor => _field.FieldType == typeof(Tensor);

    /// <summary>Room for a copy of a field.</summary>
    /// <param name="place">The place of the state: <c>GROUP.PARAMETER</c>.</param>
    /// <param name="state">The state.</param>
    /// <param name="field">The field.</param>
    /// <param name="parameter">The parameter; a part for a tensor that is null has its shape and type.</param>
    /// <returns>The copy; null if the field is neither a <see cref="long"/>, a <see cref="double"/> nor a <see cref="Tensor"/>.</returns>
    internal static TorchSharpStateField? Of(string place, OptimizerState state, FieldInfo field, Tensor parameter) =>
        field.FieldType == typeof(long) || field.FieldType == typeof(double) || field.FieldType == typeof(Tensor)
            ? new TorchSharpStateField($"{place}.{NameOf(field)}", state, field, parameter)
            : null;

    /// <summary>Copies the field.</summary>
    internal void Retake()
    {
        if (_number is not null)
        {
            _number[0] = (double)_field.GetValue(_state)!;
        }
        else if (!HoldsTensor)
        {
            _count![0] = (long)_field.GetValue(_state)!;
        }
        else
        {
            var tensor = (Tensor?)_field.GetValue(_state);
            _count![0] = tensor is null ? 0 : 1;
            if (tensor is not null)
            {
                Put(tensor, ref _copy);
            }
        }
    }

    /// <summary>Puts the copy back into the field. A tensor is overwritten in place where that is possible.</summary>
    internal void Restore()
    {
        if (_number is not null)
        {
            _field.SetValue(_state, _number[0]);
        }
        else if (!HoldsTensor)
        {
            _field.SetValue(_state, _count![0]);
        }
        else
        {
            var tensor = (Tensor?)_field.GetValue(_state);
            if (_count![0] == 0)
            {
                tensor?.Dispose();
                tensor = null;
            }
            else
            {
                Put(Copy, ref tensor);
            }

            _field.SetValue(_state, tensor);
        }
    }

    /// <summary>The field's number, or its tensor and whether the tensor is not null.</summary>
    internal IEnumerable<StatePart> Parts()
    {
        if (HoldsTensor)
        {
            yield return new StatePart($"optimizer.{_name}", Copy);
        }

        yield return new StatePart($"numbers.{_name}", null, (Array?)_number ?? _count);
    }

    /// <summary>Frees the copy.</summary>
    public void Dispose() => _copy?.Dispose();

    private Tensor Copy => _copy ??= zeros_like(_parameter).DetachFromDisposeScope();

    // A tensor of another shape or type cannot take the content bit for bit.
    private static void Put(Tensor content, ref Tensor? into)
    {
        if (into is not null && into.dtype == content.dtype && into.shape.AsSpan().SequenceEqual(content.shape))
        {
            into.copy_(content);
            return;
        }

        into?.Dispose();
        into = content.clone().DetachFromDisposeScope();
    }

    // A property's field is named <Name>k__BackingField.
    private static string NameOf(FieldInfo field) =>
        field.Name[0] == '<' ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
