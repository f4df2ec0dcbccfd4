using System.Runtime.InteropServices;
using Rubato.Torch.Interop;
using Rubato.Torch.Tensors;

namespace Rubato.Torch;

/// <summary>libtorch as a whole: version, devices, threads, chance.</summary>
/// <remarks>Random state and thread count are libtorch's own and process-wide.</remarks>
public static unsafe class Engine
{
    /// <summary>The version of libtorch that the native library was built against, e.g. <c>1.13.0</c>.</summary>
    public static string LibtorchVersion => Marshal.PtrToStringUTF8((nint)NativeMethods.rt_libtorch_version()) ?? "";

    /// <summary>How many CUDA devices libtorch can use; 0 without CUDA.</summary>
    public static int CudaDevices => NativeMethods.rt_cuda_devices();

    /// <summary>Threads inside an operator; at least 1.</summary>
    /// <exception cref="TorchException">The number is below 1.</exception>
    public static int Threads
    {
        get => NativeMethods.rt_threads();
        set => NativeMethods.Check(NativeMethods.rt_set_threads(value), "set_num_threads");
    }

    /// <summary>Seeds the random generators of every device.</summary>
    /// <param name="seed">Any number.</param>
    public static void Seed(long seed) => NativeMethods.Check(NativeMethods.rt_manual_seed(seed), "manual_seed");

    /// <summary>Waits until a device has done all that was asked of it.</summary>
    /// <param name="device">The device; nothing to do for the CPU.</param>
    public static void Synchronize(Device device) => NativeMethods.Check(NativeMethods.rt_synchronize(device.Packed), "synchronize");

    /// <summary>A copy of a device's random state.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Bytes on the CPU that <see cref="SetRandomState"/> takes.</returns>
    public static Tensor RandomState(Device device)
    {
        nint state;
        NativeMethods.Check(NativeMethods.rt_random_state(device.Packed, &state), "get_rng_state");
        return new Tensor(state);
    }

    /// <summary>Sets a device's random state.</summary>
    /// <param name="device">The device.</param>
    /// <param name="state">What <see cref="RandomState"/> gave.</param>
    /// <exception cref="TorchException">The bytes are no such state.</exception>
    public static void SetRandomState(Device device, Tensor state)
    {
        NativeMethods.Check(NativeMethods.rt_set_random_state(device.Packed, state.Pointer), "set_rng_state");
        GC.KeepAlive(state);
    }
}
