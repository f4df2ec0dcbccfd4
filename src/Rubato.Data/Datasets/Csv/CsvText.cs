using Rubato.Data.Datasets.Reading;

namespace Rubato.Data.Datasets.Csv;

/// <summary>Tells files apart that hold no table of comma-separated UTF-8 text, whose names and numbers would be garbage.</summary>
internal static class CsvText
{
    // As far as a file is looked at for bytes of 0: a header is there, and usually rows.
    private const int Looked = 4096;

    /// <exception cref="InvalidInputException">The file is of another kind; the sentence names it.</exception>
    internal static void Require(InputFile file, ReadOnlySpan<byte> bytes)
    {
        var (rule, remedy) =
            file.IsGzip() ? ("is gzip data", "unpack it with gunzip first")
            : bytes.StartsWith("PK\x03\x04"u8) ? ("is a zip archive, as a spreadsheet is", "save the table as CSV in UTF-8")
            : EncodingOf(bytes) is { } encoding ? ($"is {encoding} text", "save it as UTF-8")
            : bytes[..Math.Min(bytes.Length, Looked)].Contains((byte)0) ? ("holds bytes of 0, as no text does", "name a table of text")
            : EndsLinesWithReturns(bytes) ? ("has lines that end with carriage returns alone", "save it with line feeds")
            : SeparatorOf(bytes) is { } separator
                ? ($"has columns that are separated by {separator}", "write commas there, and points in numbers")
            : default;
        if (rule is not null)
        {
            throw new InvalidInputException(new Finding(file.Name, null, rule, remedy));
        }
    }

    // By the mark of the order of bytes (Unicode 23.8), or else by every second byte being 0, as in Latin letters and digits.
    private static string? EncodingOf(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> utf32 = [0xFF, 0xFE, 0, 0];
        ReadOnlySpan<byte> utf32BigEndian = [0, 0, 0xFE, 0xFF];
        ReadOnlySpan<byte> utf16 = [0xFF, 0xFE];
        ReadOnlySpan<byte> utf16BigEndian = [0xFE, 0xFF];
        if (bytes.StartsWith(utf32) || bytes.StartsWith(utf32BigEndian))
        {
            return "UTF-32";
        }

        var first = bytes[..Math.Min(bytes.Length & ~1, Looked)];
        var (even, odd) = (0, 0);
        for (var i = 0; i < first.Length; i += 2)
        {
            even += first[i] == 0 ? 1 : 0;
            odd += first[i + 1] == 0 ? 1 : 0;
        }

        var isPaired = Math.Max(even, odd) > first.Length / 4 && Math.Min(even, odd) == 0;
        return bytes.StartsWith(utf16) || bytes.StartsWith(utf16BigEndian) || isPaired ? "UTF-16" : null;
    }

    private static bool EndsLinesWithReturns(ReadOnlySpan<byte> bytes) =>
        !bytes.Contains((byte)'\n') && bytes.TrimEnd((byte)'\r').Contains((byte)'\r');

    private static string? SeparatorOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var header = end < 0 ? bytes : bytes[..end];
        return header.Contains((byte)',') ? null
            : header.Contains((byte)';') ? "semicolons"
            : header.Contains((byte)'\t') ? "tabs"
            : null;
    }
}
