using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Rubato.Cli.Commands;
using Rubato.Data.Download;

namespace Rubato.Cli.Tests.Commands;

public sealed class DataCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Get_NameFolderAndAddress_HandedOn()
    {
        (string, string, Uri?) asked = default;
        using var harness = new Harness
        {
            Fetch = (name, folder, from, progress, _) =>
            {
                asked = (name, folder, from);
                progress.Report(new DownloadProgress("a.gz", 0, 2_500_000));
                progress.Report(new DownloadProgress("a.gz", 65_536, 2_500_000));
                progress.Report(new DownloadProgress("a.gz", 2_500_000, 2_500_000));
                progress.Report(new DownloadProgress("b.gz", 0, null));
                return Task.FromResult<ImmutableArray<string>>(["d/a.gz", "d/b.gz"]);
            },
        };

        Assert.Equal(0, harness.Run("data", "get", "fashion-mnist", "d", "--from", "http://example.org/x"));
        Assert.Equal(("fashion-mnist", "d", new Uri("http://example.org/x")), asked);
        Assert.Equal(
            """
            a.gz  0.0 of 2.5 MB
            a.gz  2.5 of 2.5 MB
            b.gz  0.0 of ? MB
            d/a.gz
            d/b.gz
            complete; train on it with: rubato train --data mnist:d

            """,
            harness.Output);
    }

    [Fact]
    public void Get_Terminal_ABarAFile()
    {
        using var harness = new Harness
        {
            IsTerminal = true,
            Fetch = (_, _, from, progress, _) =>
            {
                Assert.Null(from);
                progress.Report(new DownloadProgress("a[1].gz", 0, 2_500_000));
                progress.Report(new DownloadProgress("a[1].gz", 2_500_000, 2_500_000));
                return Task.FromResult<ImmutableArray<string>>(["d/a[1].gz"]);
            },
        };

        Assert.Equal(0, harness.Run("data", "get", "cifar10", "d"));
        Assert.Contains("a[1].gz", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith("d/a[1].gz\ncomplete; train on it with: rubato train --data cifar10:d\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ServerOnThisMachine_IsAskedForTheFirstFile()
    {
        using var server = new OneAnswerServer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
        using var harness = new Harness { Fetch = DataCommand.FetchAsync };

        Assert.Equal(2, harness.Run("data", "get", "mnist", _folder, "--from", $"http://127.0.0.1:{server.Port}/mirror"));
        Assert.Equal("GET /mirror/train-images-idx3-ubyte.gz HTTP/1.1", await server.Request);
        Assert.StartsWith(
            $"error: train-images-idx3-ubyte.gz from http://127.0.0.1:{server.Port}/mirror/train-images-idx3-ubyte.gz has the MD5 checksum 900150983cd24fb0d6963f7d28e17f72 ",
            harness.Error,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Get_UnknownName_OneSentenceWithoutAskingAnyone()
    {
        using var harness = new Harness { Fetch = DataCommand.FetchAsync };

        Assert.Equal(2, harness.Run("data", "get", "minst", _folder));
        Assert.StartsWith("error: The data set 'minst' cannot be fetched; ", harness.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data get", "'rubato data get' needs SET and DIR; 'rubato data get --help' has an example.")]
    [InlineData("data get mnist", "'rubato data get' needs DIR; 'rubato data get --help' has an example.")]
    [InlineData("data get mnist d e", "Unexpected word 'e'; values follow their flags, and one with spaces needs quotes.")]
    [InlineData("data get mnist d --form x", "Unknown flag '--form'; did you mean '--from'?")]
    [InlineData("data get mnist d --from", "--from needs a value, for instance --from https://example.org/mnist/.")]
    [InlineData("data get mnist d --from nowhere", "--from is 'nowhere'; it must be the http or https address of a folder, for instance --from https://example.org/mnist/.")]
    [InlineData("data get mnist d --from file:///etc", "--from is 'file:///etc'; it must be the http or https address of a folder, for instance --from https://example.org/mnist/.")]
    [InlineData("data gte mnist d", "Unknown command 'gte'; did you mean 'get'?")]
    public void Get_WordsThatCannotBeUsed_OneSentence(string line, string sentence)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(line.Split(' ')));
        Assert.Equal($"error: {sentence}", harness.Error.Split(Environment.NewLine)[0]);
        Assert.Empty(harness.Output);
    }

    [Fact]
    public void Get_Interrupted_SaysHowToGoOn()
    {
        Harness? harness = null;
        using var created = harness = new Harness
        {
            Fetch = (_, _, _, _, cancellation) =>
            {
                harness?.Interruption.Receive(PosixSignal.SIGINT);
                return Task.FromCanceled<ImmutableArray<string>>(cancellation);
            },
        };

        Assert.Equal(130, harness.Run("data", "get", "mnist", "d"));
        Assert.Equal(
            $"interrupted; what has arrived stays in d, and the same command goes on from there{Environment.NewLine}", harness.Error);
    }

    [Theory]
    [InlineData("data")]
    [InlineData("data", "--help")]
    [InlineData("data", "get", "--help")]
    public void Data_NothingAsked_Help(params string[] args)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(args));
        Assert.Contains("  rubato data get mnist data/mnist\n", harness.Output, StringComparison.Ordinal);
    }

    private sealed class OneAnswerServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public OneAnswerServer(string answer)
        {
            _listener.Start();
            Request = AnswerAsync(answer);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>The first line of what was asked.</summary>
        public Task<string?> Request { get; }

        public void Dispose() => _listener.Dispose();

        private async Task<string?> AnswerAsync(string answer)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream());
            var request = await reader.ReadLineAsync();
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            await writer.WriteAsync(answer);
            return request;
        }
    }
}
