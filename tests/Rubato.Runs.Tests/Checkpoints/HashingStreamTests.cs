using System.Security.Cryptography;
using Rubato.Runs.Checkpoints;

namespace Rubato.Runs.Tests.Checkpoints;

public sealed class HashingStreamTests
{
    [Fact]
    public void Hash_SeveralWrites_IsThatOfAllThatWasHandedOn()
    {
        var file = new MemoryStream();
        using var hashing = new HashingStream(file);
        hashing.Write("ab"u8);
        hashing.Write("xcdx"u8.ToArray(), 1, 2);
        hashing.Flush();
        Assert.Equal("abcd"u8.ToArray(), file.ToArray());
        Assert.Equal(SHA256.HashData("abcd"u8), hashing.Hash());
        Assert.True(hashing is { CanWrite: true, CanRead: false, CanSeek: false });
    }

    [Fact]
    public void Dispose_Itself_LeavesTheFileOpen()
    {
        var file = new MemoryStream();
        new HashingStream(file).Dispose();
        Assert.True(file.CanWrite);
    }
}
