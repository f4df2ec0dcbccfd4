using System.Reflection;
using System.Runtime.InteropServices;

namespace Rubato.Torch.Interop;

/// <summary>
/// Finds <c>librubato_torch.so</c>: the file named by the environment variable <c>RUBATO_NATIVE</c>, else beside the assembly, else
/// <c>native/build/</c> of the source tree that the assembly lies in.
/// </summary>
internal static unsafe class NativeLibraryResolver
{
    private const string FileName = "librubato_torch.so";
    private static int IsRegistered;

    internal static void Register()
    {
        if (Interlocked.Exchange(ref IsRegistered, 1) == 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, Resolve);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != NativeMethods.Library)
        {
            return 0;
        }

        var named = Environment.GetEnvironmentVariable("RUBATO_NATIVE");
        var path = Candidates(named).FirstOrDefault(File.Exists)
            ?? throw new TorchException(
                TorchErrorKind.NotInstalled,
                FileName,
                string.IsNullOrEmpty(named)
                    ? "it was not found; run ./rubato once, which builds it, or set RUBATO_NATIVE to its path"
                    : $"RUBATO_NATIVE names {named}, which is not there; correct it, or unset it to use the one that ./rubato builds");
        try
        {
            var library = NativeLibrary.Load(path);
            // Here and not in a static constructor, which would wrap a missing library in a TypeInitializationException.
            ((delegate* unmanaged<void>)NativeLibrary.GetExport(library, "rt_initialize"))();
            return library;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new TorchException(TorchErrorKind.NotInstalled, path, $"it cannot be loaded ({exception.Message})", exception);
        }
    }

    private static IEnumerable<string> Candidates(string? named)
    {
        if (!string.IsNullOrEmpty(named))
        {
            yield return named;
            yield break;
        }

        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "native", "build", FileName);
        }
    }
}
