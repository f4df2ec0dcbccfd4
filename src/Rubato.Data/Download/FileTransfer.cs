using System.Net;
using System.Net.Http.Headers;

namespace Rubato.Data.Download;

/// <summary>Brings one file to the disk, whole and verified, under its <c>.part</c> name.</summary>
internal sealed class FileTransfer(HttpClient client, Uri address, DownloadFile file, string part, IProgress<DownloadProgress>? progress)
{
    private const int PieceLength = 1 << 16;

    // A server that sends nothing for this long has gone; HttpClient's own limit covers the headers only.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Returns when the file's checksum is right.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var resumed = await ReceiveAsync(cancellation);
        var found = await FileChecksum.OfAsync(part, cancellation);

        // What an earlier attempt left may be of another version: then the beginning is at fault, and only a fresh copy tells.
        if (found != file.Md5 && resumed)
        {
            File.Delete(part);
            await ReceiveAsync(cancellation);
            found = await FileChecksum.OfAsync(part, cancellation);
        }

        if (found == file.Md5)
        {
            return;
        }

        File.Delete(part);
        throw new InvalidInputException(
            new Finding(
                $"{file.Name} from {address}",
                null,
                $"has the MD5 checksum {found} instead of {file.Md5}",
                "it was deleted, so run the command again, or name another source"));
    }

    // Of the opened file: the length of a symbolic link is that of its own text.
    private long KeptBytes()
    {
        if (!File.Exists(part))
        {
            return 0;
        }

        using var kept = File.OpenRead(part);
        return kept.Length;
    }

    // True where bytes of an earlier attempt were kept.
    private async Task<bool> ReceiveAsync(CancellationToken cancellation)
    {
        var start = KeptBytes();
        using var response = await AskAsync(start, cancellation);
        if (start > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Nothing lies beyond: it is whole, or it is too long, which the checksum tells.
            return true;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidInputException(
                new Finding($"{address} answered {(int)response.StatusCode} ({response.ReasonPhrase})")
                {
                    Remedy = "try again later, or name another source",
                });
        }

        var resumes = start > 0
            && response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == start;
        await StoreAsync(response, resumes ? start : 0, cancellation);
        return resumes;
    }

    private async Task<HttpResponseMessage> AskAsync(long start, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (start > 0)
        {
            request.Headers.Range = new RangeHeaderValue(start, null);
        }

        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException exception)
        {
            throw new InvalidInputException(new Finding(
                $"{address}",
                null,
                $"cannot be reached: {exception.Message.TrimEnd('.')}",
                "check the connection, or name another source"), exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidInputException(new Finding($"{address} did not answer in {client.Timeout.TotalSeconds} seconds")
            {
                Remedy = "try again later, or name another source",
            }, exception);
        }
    }

    private async Task StoreAsync(HttpResponseMessage response, long start, CancellationToken cancellation)
    {
        var total = response.Content.Headers.ContentLength + start;
        var received = start;
        var piece = new byte[PieceLength];
        var target = new FileStream(part, start > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        await using (target)
        {
            var body = await response.Content.ReadAsStreamAsync(cancellation);
            progress?.Report(new DownloadProgress(file.Name, received, total));
            while (true)
            {
                var length = await ReadAsync(body, piece, received, total, cancellation);
                if (length == 0)
                {
                    break;
                }

                await target.WriteAsync(piece.AsMemory(0, length), cancellation);
                received += length;
                progress?.Report(new DownloadProgress(file.Name, received, total));
            }
        }

        if (received < total)
        {
            throw Interrupted(received, total, null);
        }
    }

    private async Task<int> ReadAsync(Stream body, byte[] piece, long received, long? total, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Silence);
        try
        {
            return await body.ReadAsync(piece, patience.Token);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw Interrupted(received, total, exception);
        }
    }

    private InvalidInputException Interrupted(long received, long? total, Exception? cause) =>
        new($"The transfer of {address} broke off after {received} of {(total is null ? "an unknown number of" : total)} bytes; run "
            + "the command again, which resumes there.", cause);
}
