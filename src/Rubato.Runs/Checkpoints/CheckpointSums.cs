using System.Security.Cryptography;
using System.Text;

namespace Rubato.Runs.Checkpoints;

/// <summary>The checksums of a checkpoint's files, as <c>sha256sum</c> writes them.</summary>
internal sealed class CheckpointSums
{
    private readonly (string Name, string Sum)[] _sums;

    private CheckpointSums((string Name, string Sum)[] sums) => _sums = sums;

    /// <summary>The content of <c>SHA256SUMS</c>: it is compared byte by byte, so that no change of it is overlooked.</summary>
    internal byte[] Text => Encoding.ASCII.GetBytes(string.Concat(_sums.Select(sum => $"{sum.Sum}  {sum.Name}\n")));

    /// <summary>The sums of files.</summary>
    internal static CheckpointSums Read(params string[] paths) =>
        new([.. paths.Select(path => (Path.GetFileName(path), SumOf(path)))]);

    /// <summary>The sums of what was written.</summary>
    internal static CheckpointSums Of(params (string Name, byte[] Hash)[] files) =>
        new([.. files.Select(file => (file.Name, Convert.ToHexStringLower(file.Hash)))]);

    /// <summary>A clause about what a file of sums and the true ones say differently.</summary>
    internal static string Difference(ReadOnlySpan<byte> written, CheckpointSums found)
    {
        var text = Encoding.Latin1.GetString(written);
        var changed = found._sums
            .Where(sum => sum.Sum.Length == 0 || !text.Contains($"{sum.Sum}  {sum.Name}\n", StringComparison.Ordinal))
            .ToList();
        return changed is [{ } one]
            ? $"{one.Name} is {(one.Sum.Length == 0 ? "missing" : "not what SHA256SUMS says")}"
            : "SHA256SUMS does not fit its files";
    }

    private static string SumOf(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
