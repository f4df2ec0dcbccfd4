namespace Rubato.Cli.Tests;

/// <summary>Tests that train real networks, one after another: libtorch's random state is that of the whole process.</summary>
internal static class Engine
{
    internal const string Name = "engine";
}
