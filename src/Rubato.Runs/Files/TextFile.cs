using System.Text;

namespace Rubato.Runs.Files;

/// <summary>Text in files.</summary>
public static class TextFile
{
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
