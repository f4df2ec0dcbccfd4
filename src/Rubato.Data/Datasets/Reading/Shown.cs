using System.Text;

namespace Rubato.Data.Datasets.Reading;

/// <summary>Puts text from a file into a message: short, on one line, without control characters.</summary>
internal static class Shown
{
    private const int Most = 40;

    internal static string Of(ReadOnlySpan<byte> utf8)
    {
        var cut = utf8.Length > Most;
        var text = Encoding.UTF8.GetString(cut ? utf8[..Most] : utf8);
        var clean = new StringBuilder(text.Length + 3);
        foreach (var c in text)
        {
            clean.Append(char.IsControl(c) || c == '\uFFFD' ? '?' : c);
        }

        return clean.Append(cut ? "..." : "").ToString();
    }
}
