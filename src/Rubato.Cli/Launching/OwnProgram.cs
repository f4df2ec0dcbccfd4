using System.Collections.Immutable;
using System.Reflection;

namespace Rubato.Cli.Launching;

/// <summary>How this program is started once more.</summary>
internal static class OwnProgram
{
    /// <summary>The executable, and the library that it runs where that is <c>dotnet</c>.</summary>
    /// <exception cref="InvalidOperationException">The system does not tell what runs.</exception>
    internal static ImmutableArray<string> Words => Of(Environment.ProcessPath, Assembly.GetEntryAssembly()?.Location);

    /// <summary>The same from what the system tells.</summary>
    /// <param name="executable">The file that runs; null if it is not known.</param>
    /// <param name="library">The library that it began with; empty if it lies within the executable.</param>
    internal static ImmutableArray<string> Of(string? executable, string? library) =>
        executable is null ? throw new InvalidOperationException("The system does not tell which program runs, so it cannot start it again.")
        : Path.GetFileNameWithoutExtension(executable) is "dotnet" && library is { Length: > 0 } ? [executable, library]
        : [executable];
}
