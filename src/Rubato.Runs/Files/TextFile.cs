using System.Text;

namespace Rubato.Runs.Files;

/// <summary>Text in files.</summary>
public static class TextFile
{
    /// <summary>The lines of a text in UTF-8, or in what its mark of the order of bytes says.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The lines, without their ends.</returns>
    /// <exception cref="InvalidInputException">It has characters of code 0: it is UTF-16 without a mark, or no text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string[] Lines(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var lines = File.ReadAllLines(path);
        return Array.Exists(lines, line => line.Contains('\0', StringComparison.Ordinal))
            ? throw new InvalidInputException(new Finding(
                $"'{path}'", null, "has bytes of 0, as UTF-16 has and no text in UTF-8", "save it as UTF-8"))
            : lines;
    }

    /// <summary>Writes a text as UTF-8, without a mark of the order of its bytes, into a file that is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(text);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}
