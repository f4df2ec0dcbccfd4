using System.Buffers;

namespace Rubato.Cli.Console;

/// <summary>Words of lines that are to be copied into a shell.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:=+,@%-");

    private static readonly SearchValues<char> Live = SearchValues.Create("\"$`\\!");

    /// <summary>A word as a shell reads it back.</summary>
    internal static string Quoted(string word) =>
        word.Length > 0 && word.AsSpan().IndexOfAnyExcept(Plain) < 0 ? word
        : word.AsSpan().ContainsAny(Live) ? $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"
        : $"\"{word}\"";
}
