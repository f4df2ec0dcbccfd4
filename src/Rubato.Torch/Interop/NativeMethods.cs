using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Rubato.Torch.Interop;

/// <summary>The functions of <c>native/rubato_torch.h</c>, one for one.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "rubato_torch";

    static NativeMethods() => NativeLibraryResolver.Register();

    [LibraryImport(Library)]
    internal static partial byte* rt_last_error();

    [LibraryImport(Library)]
    internal static partial byte* rt_libtorch_version();

    [LibraryImport(Library)]
    internal static partial Status rt_set_threads(int threads);

    [LibraryImport(Library)]
    internal static partial int rt_threads();

    [LibraryImport(Library)]
    internal static partial int rt_cuda_devices();

    [LibraryImport(Library)]
    internal static partial Status rt_synchronize(int device);

    [LibraryImport(Library)]
    internal static partial Status rt_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial Status rt_random_state(int device, nint* state);

    [LibraryImport(Library)]
    internal static partial Status rt_set_random_state(int device, nint state);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Status rt_find_operator(string name, string overload, nint* found);

    [LibraryImport(Library)]
    internal static partial Status rt_call(
        nint op, NativeValue* arguments, int argumentCount, NativeValue* results, int capacity, int* resultCount);

    [LibraryImport(Library)]
    internal static partial void rt_tensor_release(nint tensor);

    [LibraryImport(Library)]
    internal static partial Status rt_tensor_layout(nint tensor, NativeLayout* layout);

    [LibraryImport(Library)]
    internal static partial Status rt_tensor_data(nint tensor, void** data);

    [LibraryImport(Library)]
    internal static partial Status rt_tensor_item(nint tensor, double* value);

    [LibraryImport(Library)]
    internal static partial Status rt_set_requires_grad(nint tensor, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial Status rt_backward(nint root, int keepGraph);

    [LibraryImport(Library)]
    internal static partial Status rt_gradients(nint* leaves, int count, nint* gradients);

    [LibraryImport(Library)]
    internal static partial Status rt_clear_gradients(nint* leaves, int count);

    [LibraryImport(Library)]
    internal static partial int rt_set_grad_mode(int enabled);

    /// <summary>Throws the typed exception of a failed call; <paramref name="what"/> names the operator or function.</summary>
    internal static void Check(Status status, string what)
    {
        if (status != Status.Ok)
        {
            Throw(status, what);
        }
    }

    private static void Throw(Status status, string what)
    {
        var cause = Marshal.PtrToStringUTF8((nint)rt_last_error()) ?? "";
        throw new TorchException((TorchErrorKind)status, what, cause);
    }
}
