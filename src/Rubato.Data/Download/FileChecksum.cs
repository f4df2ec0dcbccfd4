using System.Security.Cryptography;

namespace Rubato.Data.Download;

/// <summary>MD5 of files: what the publishers of these data sets give. It tells damage, not malice.</summary>
internal static class FileChecksum
{
    internal static async Task<bool> MatchesAsync(string path, string expected, CancellationToken cancellation) =>
        File.Exists(path) && await OfAsync(path, cancellation) == expected;

    internal static async Task<string> OfAsync(string path, CancellationToken cancellation)
    {
        var stream = File.OpenRead(path);
        await using (stream)
        {
#pragma warning disable CA5351 // Broken cryptographic algorithm: the published checksums are MD5
            return Convert.ToHexStringLower(await MD5.HashDataAsync(stream, cancellation));
#pragma warning restore CA5351
        }
    }
}
