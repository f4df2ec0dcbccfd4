using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Rubato.Data.Download;
using Rubato.Data.Tests.Support;

namespace Rubato.Data.Tests.Download;

public sealed class DatasetDownloadTests : IDisposable
{
    private static readonly byte[] Content = Bytes.Noise(200_000, 1);
    private readonly TemporaryFolder _folder = new();
    private readonly LocalServer _server = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Names_AreThoseOfTheCommand() => Assert.Equal(["mnist", "fashion-mnist", "cifar10", "cifar100"], DatasetDownload.Names);

    [Fact]
    public void Official_Checksums_AreDistinctMd5s()
    {
        var files = DownloadCatalog.Official.SelectMany(source => source.Files).ToArray();
        Assert.Equal(10, files.Select(file => file.Md5).Distinct().Count());
        Assert.All(files, file => Assert.Matches("^[0-9a-f]{32}$", file.Md5));
    }

    [Fact]
    public async Task Get_Files_PutsThemInPlaceAndReportsProgress()
    {
        _server.Files["a.gz"] = Content;
        _server.Files["b.gz"] = [1, 2, 3];
        var progress = new Collector();
        var paths = await Get(progress, TestContext.Current.CancellationToken, new DownloadFile("a.gz", Md5(Content)), new DownloadFile("b.gz", Md5([1, 2, 3])));
        Assert.Equal([_folder.At("home/a.gz"), _folder.At("home/b.gz")], paths);
        Assert.Equal(Content, await File.ReadAllBytesAsync(paths[0], TestContext.Current.CancellationToken));
        Assert.Equal(["a.gz", "b.gz"], Entries("home"));
        Assert.Equal(new DownloadProgress("a.gz", 0, 200_000), progress.Reports[0]);
        Assert.Contains(new DownloadProgress("a.gz", 200_000, 200_000), progress.Reports);
        Assert.Equal(new DownloadProgress("b.gz", 3, 3), progress.Reports[^1]);
    }

    [Fact]
    public async Task Get_FileInPlace_IsNotFetchedAgainUnlessDamaged()
    {
        var file = new DownloadFile("a", Md5([1, 2]));
        _server.Files["a"] = [1, 2];
        await Get(file);
        await Get(file);
        Assert.Single(_server.Ranges);
        _folder.Write("home/a", [9, 9]);
        await Get(file);
        Assert.Equal(2, _server.Ranges.Count);
        Assert.Equal([1, 2], await File.ReadAllBytesAsync(_folder.At("home/a"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_InterruptedTransfer_ResumesWhereItBrokeOff()
    {
        _server.Files["a"] = Content;
        _server.BreaksAfter = 70_000;
        var file = new DownloadFile("a", Md5(Content));
        var finding = Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => Get(file))).Message.Split('\n'));
        var kept = new FileInfo(_folder.At("home/a.part")).Length;
        Assert.InRange(kept, 1, 70_000);
        Assert.Equal($"The transfer of {_server.Address}/a broke off after {kept} of 200000 bytes; run the command again, which resumes there.", finding);
        var path = Assert.Single(await Get(file));
        Assert.Equal(["", $"bytes={kept}-"], _server.Ranges);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(["a"], Entries("home"));
    }

    [Fact]
    public async Task Get_PartBehindALink_ResumesAfterAllThatItHolds()
    {
        _server.Files["a"] = Content;
        _folder.Write("disk/a", Content[..50_000]);
        Directory.CreateDirectory(_folder.At("home"));
        File.CreateSymbolicLink(_folder.At("home/a.part"), "../disk/a");
        var path = Assert.Single(await Get(new DownloadFile("a", Md5(Content))));
        Assert.Equal(["bytes=50000-"], _server.Ranges);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_ServerIgnoresRange_StartsFresh()
    {
        _server.Files["a"] = Content;
        _server.IgnoresRanges = true;
        _folder.Write("home/a.part", Content[..50_000]);
        var path = Assert.Single(await Get(new DownloadFile("a", Md5(Content))));
        Assert.Equal(["bytes=50000-"], _server.Ranges);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_WholePart_IsTakenWithoutATransfer()
    {
        _server.Files["a"] = Content;
        _folder.Write("home/a.part", Content);
        await Get(new DownloadFile("a", Md5(Content)));
        Assert.Equal(["bytes=200000-"], _server.Ranges);
        Assert.Equal(["a"], Entries("home"));
    }

    [Fact]
    public async Task Get_PartOfAnotherVersion_IsFetchedAfresh()
    {
        _server.Files["a"] = Content;
        _folder.Write("home/a.part", new byte[50_000]);
        var path = Assert.Single(await Get(new DownloadFile("a", Md5(Content))));
        Assert.Equal(["bytes=50000-", ""], _server.Ranges);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_WrongChecksum_NamesBothAndLeavesNothing()
    {
        _server.Files["a"] = [1, 2, 3];
        await Finding(
            $"a from {_server.Address}/a has the MD5 checksum 5289df737df57326fcdd22597afb1fac instead of {Md5(Content)}; it was deleted, so run the command again, or name another source.",
            new DownloadFile("a", Md5(Content)));
        Assert.Empty(Entries("home"));
    }

    [Fact]
    public async Task Get_MissingFileOrServer_SaysWhere()
    {
        await Finding(
            $"{_server.Address}/a answered 404 (Not Found); try again later, or name another source.",
            new DownloadFile("a", Md5(Content)));
        _server.Dispose();
        var finding = Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => Get(new DownloadFile("a", Md5(Content))))).Message.Split('\n'));
        Assert.StartsWith($"{_server.Address}/a cannot be reached: ", finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Cancelled_KeepsWhatArrived()
    {
        _server.Files["a"] = Content;
        using var source = new CancellationTokenSource();
        var progress = new Collector { OnReport = report => { if (report.Received > 0) { source.Cancel(); } } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Get(progress, source.Token, new DownloadFile("a", Md5(Content))));
        var kept = await File.ReadAllBytesAsync(_folder.At("home/a.part"), TestContext.Current.CancellationToken);
        Assert.InRange(kept.Length, 1, 199_999);
        Assert.Equal(Content[..kept.Length], kept);
    }

    [Fact]
    public async Task Get_Archive_IsUnpackedToItsFolder()
    {
        var archive = Archive(("set/", null), ("set/data.bin", "data"), ("set/deep/more.txt", "more"));
        _server.Files["set.tar.gz"] = archive;
        var file = new DownloadFile("set.tar.gz", Md5(archive), "set");
        var path = Assert.Single(await Get(file));
        Assert.Equal(_folder.At("home/set"), path);
        Assert.Equal("data", await File.ReadAllTextAsync(Path.Combine(path, "data.bin"), TestContext.Current.CancellationToken));
        Assert.Equal("more", await File.ReadAllTextAsync(Path.Combine(path, "deep", "more.txt"), TestContext.Current.CancellationToken));
        Assert.Equal(["set"], Entries("home"));
        await Get(file);
        Assert.Single(_server.Ranges);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("set/../../evil")]
    [InlineData("/evil")]
    [InlineData("other/evil")]
    [InlineData("set\\..\\evil")]
    public async Task Get_ArchiveWithAnotherPath_IsRefusedWhole(string path)
    {
        var archive = Archive(("set/data.bin", "data"), (path, "evil"));
        _server.Files["set.tar.gz"] = archive;
        await Finding(
            $"{_folder.At("home/set.tar.gz.part")} holds '{path}' (RegularFile), which is no plain file below set; it was not unpacked.",
            new DownloadFile("set.tar.gz", Md5(archive), "set"));
        Assert.Equal(["set.tar.gz.part"], Entries("home"));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "evil", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Get_NoArchiveAtAll_SaysSo()
    {
        _server.Files["set.tar.gz"] = [1, 2, 3];
        var finding = Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(
            () => Get(new DownloadFile("set.tar.gz", Md5([1, 2, 3]), "set")))).Message.Split('\n'));
        Assert.StartsWith($"{_folder.At("home/set.tar.gz.part")} is no whole .tar.gz archive (", finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownName_SuggestsANearOne()
    {
        var download = new DatasetDownload(_client);
        var finding = Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(
            () => download.GetAsync("minst", _folder.Path, cancellation: TestContext.Current.CancellationToken))).Message.Split('\n'));
        Assert.Equal("The data set 'minst' cannot be fetched; did you mean 'mnist'? Known are mnist, fashion-mnist, cifar10, cifar100.", finding);
    }

    [Theory]
    [InlineData("file:///data")]
    [InlineData("data")]
    public async Task Get_AddressNotOfHttp_SaysWhatWouldBeRight(string address)
    {
        var finding = Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => new DatasetDownload(_client).GetAsync(
            "mnist", _folder.Path, new Uri(address, UriKind.RelativeOrAbsolute), cancellation: TestContext.Current.CancellationToken))).Message.Split('\n'));
        Assert.Equal($"The address '{address}' cannot be fetched from; it must begin with http:// or https://.", finding);
    }

    [Fact]
    public async Task Get_FolderThatIsAFile_SaysThatItCannotBeWritten()
    {
        _folder.Write("home", [1]);
        var finding = Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => Get(new DownloadFile("a", Md5(Content))))).Message.Split('\n'));
        Assert.StartsWith($"{_folder.At("home")} cannot be written: ", finding, StringComparison.Ordinal);
    }

    private async Task Finding(string expected, DownloadFile file) =>
        Assert.Equal([expected], (await Assert.ThrowsAsync<InvalidInputException>(() => Get(file))).Message.Split('\n'));

    private Task<IReadOnlyList<string>> Get(DownloadFile file) => Get(null, TestContext.Current.CancellationToken, file);

    private async Task<IReadOnlyList<string>> Get(IProgress<DownloadProgress>? progress, CancellationToken cancellation, params DownloadFile[] files)
    {
        // The official address leads nowhere: every test names the local one, as --from does.
        var download = new DatasetDownload(_client, [new DownloadSource("set", new Uri("http://localhost:1/"), [.. files])]);
        return await download.GetAsync("set", _folder.At("home"), _server.Address, progress, cancellation);
    }

    private string[] Entries(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(_folder.At(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string Md5(byte[] content)
    {
#pragma warning disable CA5351 // Broken cryptographic algorithm: the published checksums are MD5
        return Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351
    }

    private static byte[] Archive(params (string Path, string? Text)[] entries)
    {
        var plain = new MemoryStream();
        using (var writer = new TarWriter(plain, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (path, text) in entries)
            {
                var entry = new UstarTarEntry(text is null ? TarEntryType.Directory : TarEntryType.RegularFile, path);
                if (text is not null)
                {
                    entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                }

                writer.WriteEntry(entry);
            }
        }

        return Bytes.Gzip(plain.ToArray());
    }

    // Progress<T> posts to other threads; the order matters here.
    private sealed class Collector : IProgress<DownloadProgress>
    {
        internal List<DownloadProgress> Reports { get; } = [];

        internal Action<DownloadProgress>? OnReport { get; init; }

        public void Report(DownloadProgress value)
        {
            Reports.Add(value);
            OnReport?.Invoke(value);
        }
    }
}
