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
    /// <exception cref="InvalidOperationException">It returned anything else.</exception>
    public Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[Results];
        var count = Invoke(arguments, results);
        RequireTensors(results, count, 1);
        return new Tensor((nint)results[0].Bits);
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    /// <param name="arguments">The leading arguments.</param>
    /// <returns>The tensors.</returns>
    /// <exception cref="TorchException">libtorch knows no such operator, or the call failed.</exception>
    /// <exception cref="InvalidOperationException">It returned anything else.</exception>
    public (Tensor First, Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[Results];
        var count = Invoke(arguments, results);
        RequireTensors(results, count, 2);
        return (new Tensor((nint)results[0].Bits), new Tensor((nint)results[1].Bits));
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="arguments">The leading arguments.</param>
    /// <returns>The tensors.</returns>
    /// <exception cref="TorchException">libtorch knows no such operator, or the call failed.</exception>
    /// <exception cref="InvalidOperationException">It returned another number of tensors.</exception>
    public Tensor[] CallList(int count, params ReadOnlySpan<Argument> arguments)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var results = new NativeValue[count];
        fixed (NativeValue* first = results)
        {
            RequireTensors(first, Invoke(arguments, first, count), count);
        }

        return Array.ConvertAll(results, result => new Tensor((nint)result.Bits));
    }

    /// <summary>Calls an operator that changes its first argument and returns that, which is given back at once.</summary>
    /// <param name="arguments">The leading arguments.</param>
    /// <exception cref="TorchException">libtorch knows no such operator, or the call failed.</exception>
    public void CallInPlace(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[Results];
        var count = Invoke(arguments, results);
        Release(results, count);
    }

    /// <summary>Calls an operator that returns a list of tensors, which go into a list that has room for them.</summary>
    /// <param name="destination">A list from <see cref="TensorList.RoomFor"/>; what it held is given back.</param>
    /// <param name="arguments">The leading arguments.</param>
    /// <exception cref="TorchException">libtorch knows no such operator, or the call failed.</exception>
    /// <exception cref="InvalidOperationException">It returned another number of tensors, or the list is not from <see cref="TensorList.RoomFor"/>.</exception>
    public void CallInto(TensorList destination, params ReadOnlySpan<Argument> arguments)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.RequireRoom(destination.Count);
        var results = stackalloc NativeValue[destination.Count];
        var count = Invoke(arguments, results, destination.Count);
        RequireTensors(results, count, destination.Count);
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

    private void RequireTensors(NativeValue* results, int count, int expected)
    {
        var tensors = 0;
        for (var i = 0; i < count; i++)
        {
            tensors += results[i].Tag == ValueTag.Tensor ? 1 : 0;
        }

        if (count != expected || tensors != expected)
        {
            Release(results, count);
            throw new InvalidOperationException($"{Name} returned {count} values, {tensors} of them tensors, where {expected} tensors were expected.");
        }
    }

    private static void Release(NativeValue* results, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (results[i].Tag == ValueTag.Tensor)
            {
                NativeMethods.rt_tensor_release((nint)results[i].Bits);
            }
        }
    }

    private void Find()
    {
        nint found;
        NativeMethods.Check(NativeMethods.rt_find_operator(name, overload, &found), Name);
        _handle = found;
    }
}
