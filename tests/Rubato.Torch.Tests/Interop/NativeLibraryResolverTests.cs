using System.Reflection;
using System.Runtime.Loader;

namespace Rubato.Torch.Tests.Interop;

public sealed class NativeLibraryResolverTests
{
    [Fact]
    public void Resolve_NamedFileMissing_SaysWhereItLooked()
    {
        var e = FailureWith("/nowhere/librubato_torch.so");
        Assert.Equal(
            "librubato_torch.so: RUBATO_NATIVE names /nowhere/librubato_torch.so, which is not there; correct it, or unset it to use the one that ./rubato builds",
            e.Message);
        Assert.Equal("NotInstalled", Kind(e));
    }

    [Fact]
    public void Resolve_NamedFileIsNoLibrary_SaysSo()
    {
        var file = Path.GetTempFileName();
        try
        {
            var e = FailureWith(file);
            Assert.StartsWith($"{file}: it cannot be loaded (", e.Message, StringComparison.Ordinal);
            Assert.Equal("NotInstalled", Kind(e));
        }
        finally
        {
            File.Delete(file);
        }
    }

    // In a load context of its own, since this one has found the library already.
    private static Exception FailureWith(string path)
    {
        var before = Environment.GetEnvironmentVariable("RUBATO_NATIVE");
        var context = new AssemblyLoadContext("another engine", isCollectible: true);
        try
        {
            Environment.SetEnvironmentVariable("RUBATO_NATIVE", path);
            var engine = context.LoadFromAssemblyPath(typeof(Engine).Assembly.Location).GetType(typeof(Engine).FullName!)!;
            var thrown = Assert.Throws<TargetInvocationException>(() => engine.GetProperty(nameof(Engine.LibtorchVersion))!.GetValue(null));
            return thrown.InnerException!;
        }
        finally
        {
            Environment.SetEnvironmentVariable("RUBATO_NATIVE", before);
            context.Unload();
        }
    }

    private static string Kind(Exception e) => e.GetType().GetProperty(nameof(TorchException.Kind))!.GetValue(e)!.ToString()!;
}
