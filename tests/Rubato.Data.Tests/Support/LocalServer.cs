using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rubato.Data.Tests.Support;

/// <summary>Serves files from memory on the loopback address, with the faults that a test asks for.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    internal LocalServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/files");
        }

        _listener.Prefixes.Add($"http://localhost:{Address.Port}/");
        _listener.Start();
        _loop = Task.Run(ServeAsync);
    }

    internal Uri Address { get; }

    internal Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The ranges asked for, in order; empty where none was.</summary>
    internal List<string> Ranges { get; } = [];

    internal bool IgnoresRanges { get; set; }

    /// <summary>Breaks the next transfer off after this many bytes.</summary>
    internal int? BreaksAfter { get; set; }

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                if (!_listener.IsListening)
                {
                    return;
                }
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var range = context.Request.Headers["Range"] ?? "";
        Ranges.Add(range);
        var name = context.Request.Url!.AbsolutePath["/files/".Length..];
        if (!Files.TryGetValue(name, out var content))
        {
            context.Response.StatusCode = 404;
            context.Response.Close();
            return;
        }

        var start = range.Length > 0 && !IgnoresRanges ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        if (start > 0 && start >= content.Length)
        {
            context.Response.StatusCode = 416;
            context.Response.Close();
            return;
        }

        if (start > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers["Content-Range"] = $"bytes {start}-{content.Length - 1}/{content.Length}";
        }

        Send(context, content.AsSpan(start));
    }

    private void Send(HttpListenerContext context, ReadOnlySpan<byte> body)
    {
        context.Response.ContentLength64 = body.Length;
        if (BreaksAfter is { } bytes)
        {
            BreaksAfter = null;
            context.Response.OutputStream.Write(body[..bytes]);
            context.Response.OutputStream.Flush();
            context.Response.Abort();
            return;
        }

        context.Response.OutputStream.Write(body);
        context.Response.Close();
    }
}
