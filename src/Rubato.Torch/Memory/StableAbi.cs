using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Rubato.Torch.Memory;

/// <summary>
/// The few functions of libtorch's stable C interface (<c>torch/csrc/inductor/aoti_torch/c/shim.h</c>) that tell where and how a tensor
/// lies in memory. A handle of TorchSharp's is a handle of theirs.
/// </summary>
/// <remarks>
/// TorchSharp gives no pointer to the memory of a channels-last tensor, and needs a microsecond and an array for sizes or strides. These
/// functions take nanoseconds. Each returns 0, or another number if the handle is invalid.
/// </remarks>
internal static unsafe partial class StableAbi
{
    private const string Library = "torch_cpu";

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int torch_get_mutable_data_ptr(nint tensor, void** data);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int aoti_torch_get_numel(nint tensor, long* count);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int aoti_torch_get_dim(nint tensor, long* dimensions);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int aoti_torch_get_sizes(nint tensor, long** sizes);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int aoti_torch_get_strides(nint tensor, long** strides);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int aoti_torch_get_dtype(nint tensor, int* type);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int aoti_torch_get_device_type(nint tensor, int* type);

    // Not short: it waits for the device.
    [LibraryImport(Library)]
    internal static partial int aoti_torch_item_float32(nint tensor, float* value);

    [LibraryImport(Library)]
    internal static partial int aoti_torch_item_float64(nint tensor, double* value);

    internal static void Check(int status, [CallerArgumentExpression(nameof(status))] string call = "")
    {
        if (status != 0)
        {
            Throw(call);
        }
    }

    private static void Throw(string call) => throw new TorchException(
        TorchErrorKind.Failure,
        call[..call.IndexOf('(', StringComparison.Ordinal)],
        "the tensor has no memory that can be read");
}
