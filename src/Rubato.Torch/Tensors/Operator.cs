using System.Runtime.CompilerServices;
using Rubato.Torch.Interop;

namespace Rubato.Torch.Tensors;

/// <summary>
/// An ATen operator by its schema name, e.g. <c>aten::add</c> with the overload <c>Tensor</c>: any that libtorch knows. Arguments stand
/// in the schema's order; trailing ones that are left out take the schema's defaults.
/// </summary>
/// <param name="name">The name with its namespace.</param>
/// <param name="overload">The overload; empty for the first.</param>
/// <remarks>The schema is looked up at the first call. Safe for use by several threads.</remarks>
public sealed unsafe class Operator(string name, string overload = "")
{
    private const int Results = 4;
    private nint _handle;

    /// <summary>The schema name with its overload, as <c>aten::add.Tensor</c>.</summary>
    public string Name { get; } = overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>Calls an operator that returns one tensor.</summary>
    /// <param name="arguments">The leading arguments.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="TorchException">libtorch knows no such operator, or the call failed.</exception>
    /// <exception cref="InvalidOperationException">It returned no tensor.</exception>
    public Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[Results];
        var count = Invoke(arguments, results);
        return Take(results, count, 0);
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    /// <param name="arguments">The leading arguments.</param>
    /// <returns>The tensors.</returns>
    /// <exception cref="TorchException">libtorch knows no such operator, or the call failed.</exception>
    /// <exception cref="InvalidOperationException">It returned fewer tensors.</exception>
    public (Tensor First, Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[Results];
        var count = Invoke(arguments, results);
        return (Take(results, count, 0), Take(results, count, 1));
    }

    /// <summary>Calls an operator that changes its first argument and returns that, which is given back at once.</summary>
    /// <param name="arguments">The leading arguments.</param>
    /// <exception cref="TorchException">libtorch knows no such operator, or the call failed.</exception>
    public void CallInPlace(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[Results];
        var count = Invoke(arguments, results);
        for (var i = 0; i < count; i++)
        {
            if (results[i].Tag == ValueTag.Tensor)
            {
                NativeMethods.rt_tensor_release((nint)results[i].Bits);
            }
        }
    }

    /// <summary>Calls an operator that returns a list of tensors, which go into a list that has room for them.</summary>
    /// <param name="destination">A list from <see cref="TensorList.RoomFor"/>; what it held is given back.</param>
    /// <param name="arguments">The leading arguments.</param>
    /// <exception cref="TorchException">libtorch knows no such operator, or the call failed.</exception>
    /// <exception cref="InvalidOperationException">It returned another number of tensors.</exception>
    public void CallInto(TensorList destination, params ReadOnlySpan<Argument> arguments)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var results = stackalloc NativeValue[destination.Count];
        var count = Invoke(arguments, results, destination.Count);
        if (count != destination.Count)
        {
            throw new InvalidOperationException($"{Name} returned {count} tensors where {destination.Count} were expected.");
        }

        destination.Receive(new ReadOnlySpan<NativeValue>(results, count));
    }

    [SkipLocalsInit]
    private int Invoke(ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity = Results)
    {
        if (_handle == 0)
        {
            Find();
        }

        var values = stackalloc NativeValue[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].Value;
        }

        int count;
        var status = NativeMethods.rt_call(_handle, values, arguments.Length, results, capacity, &count);
        for (var i = 0; i < arguments.Length; i++)
        {
            GC.KeepAlive(arguments[i].Owner);
        }

        NativeMethods.Check(status, Name);
        return count;
    }

    private Tensor Take(NativeValue* results, int count, int index)
    {
        if (index >= count || results[index].Tag != ValueTag.Tensor)
        {
            throw new InvalidOperationException($"{Name} returned no tensor in place {index}.");
        }

        return new Tensor((nint)results[index].Bits);
    }

    private void Find()
    {
        nint found;
        RuntimeHelpers.RunClassConstructor(typeof(Engine).TypeHandle);
        NativeMethods.Check(NativeMethods.rt_find_operator(name, overload, &found), Name);
        _handle = found;
    }
}
