using System.Collections.Immutable;
using Rubato.Language;

namespace Rubato.Data.Download;

/// <summary>
/// Fetches a data set's files: resumes what an earlier attempt left, verifies the published checksum, unpacks archives, and puts each
/// file or folder in its place by one rename, so that what stands under its final name is whole.
/// </summary>
/// <remarks>What is already in place is not fetched again. Safe for use by several threads on different folders.</remarks>
public sealed class DatasetDownload
{
    private readonly HttpClient _client;
    private readonly ImmutableArray<DownloadSource> _sources;

    /// <summary>Fetches the known data sets.</summary>
    /// <param name="client">Makes the requests; the caller owns it.</param>
    public DatasetDownload(HttpClient client)
        : this(client, DownloadCatalog.Official)
    {
    }

    internal DatasetDownload(HttpClient client, ImmutableArray<DownloadSource> sources)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _sources = sources;
    }

    /// <summary>The data sets that can be fetched: <c>mnist</c>, <c>fashion-mnist</c>, <c>cifar10</c> and <c>cifar100</c>.</summary>
    public static ImmutableArray<string> Names { get; } = [.. DownloadCatalog.Official.Select(source => source.Name)];

    /// <summary>Fetches all files of one data set into a folder, which is made where it is missing.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Where to put the files.</param>
    /// <param name="from">Another address of a folder with the same files; null takes the official one.</param>
    /// <param name="progress">Told of each piece that arrives; may be null.</param>
    /// <param name="cancellation">Stops between pieces; what has arrived stays for the next attempt.</param>
    /// <returns>The paths of the files and folders, now complete.</returns>
    /// <exception cref="InvalidInputException">
    /// The name is unknown, the address is not of HTTP, the server does not give a file, the transfer broke off, a checksum is wrong, or
    /// the folder cannot be written.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ImmutableArray<string>> GetAsync(
        string name,
        string folder,
        Uri? from = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var source = _sources.FirstOrDefault(candidate => candidate.Name == name) ?? throw Unknown(name);
        var address = Folder(from ?? source.Base);
        var paths = ImmutableArray.CreateBuilder<string>(source.Files.Length);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in source.Files)
            {
                paths.Add(await GetAsync(file, address, folder, progress, cancellation));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(new Finding(folder, null, $"cannot be written: {exception.Message}"), exception);
        }

        return paths.MoveToImmutable();
    }

    private async Task<string> GetAsync(
        DownloadFile file, Uri address, string folder, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, file.UnpacksTo ?? file.Name);
        if (file.UnpacksTo is not null ? Directory.Exists(target) : await FileChecksum.MatchesAsync(target, file.Md5, cancellation))
        {
            return target;
        }

        var part = Path.Combine(folder, file.Name + ".part");
        var transfer = new FileTransfer(_client, new Uri(address, file.Name), file, part, progress);
        await transfer.RunAsync(cancellation);
        if (file.UnpacksTo is null)
        {
            File.Move(part, target, overwrite: true);
        }
        else
        {
            await TarArchive.UnpackAsync(part, file.UnpacksTo, folder, cancellation);
            File.Delete(part);
        }

        return target;
    }

    // Without the closing slash, a relative address would replace the last folder.
    private static Uri Folder(Uri address) =>
        !address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            ? throw new InvalidInputException($"The address '{address}' cannot be fetched from; it must begin with http:// or https://.")
            : address.AbsoluteUri.EndsWith('/') ? address
            : new Uri(address.AbsoluteUri + "/");

    private InvalidInputException Unknown(string name)
    {
        var names = _sources.Select(source => source.Name).ToArray();
        var near = Suggestion.Nearest(name, [.. names]);
        return new InvalidInputException(
            new Finding($"The data set '{name}' cannot be fetched")
            {
                Remedy = $"{(near is null ? "known are" : $"did you mean '{near}'? Known are")} "
                    + $"{string.Join(", ", names)}",
            });
    }
}
