using System.Reflection;
using System.Runtime.InteropServices;

namespace Rubato.Torch.Interop;

/// <summary>
/// Finds <c>librubato_torch.so</c>: the file named by the environment variable <c>RUBATO_NATIVE</c>, else beside the assembly, else
/// <c>native/build/</c> of the source tree that the assembly lies in.
/// </summary>
internal static class NativeLibraryResolver
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

        var path = Candidates().FirstOrDefault(File.Exists)
            ?? throw new TorchException(
                TorchErrorKind.NotInstalled,
                FileName,
                "it was not found; run ./rubato once, which builds it, or set RUBATO_NATIVE to its path");
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException exception)
        {
            throw new TorchException(TorchErrorKind.NotInstalled, path, $"it cannot be loaded ({exception.Message})", exception);
        }
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("RUBATO_NATIVE") is { Length: > 0 } named)
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
