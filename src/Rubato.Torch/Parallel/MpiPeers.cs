using System.Diagnostics;
using System.Runtime.InteropServices;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>Processes that an MPI launcher started. Tensors lie on the CPU.</summary>
/// <remarks>
/// Every wait asks again and again whether it is over, and gives its core away in between: MPI's own waits hold it, and never end if a
/// process is gone. At the limit a roll call finds out who is missing. After a <see cref="PeersException"/> MPI is not ended, since its end
/// waits for all: leave the process by <see cref="Leave"/>.
/// </remarks>
internal sealed unsafe class MpiPeers : IPeers
{
    // Measured with 2 processes on one host: see docs/engine.md.
    private const long PieceBytes = 1 << 20;
    private const int MostInFlight = 4;

    // Ten minutes: what the slowest disk may take for a checkpoint.
    private static readonly TimeSpan RootLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SpinFor = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan YieldFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForLastWords = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2);

    private readonly MpiLibrary _library;
    private readonly nint _group;
    private readonly RollCall _rollCall;
    private readonly TimeSpan _limit;
    private readonly nint[] _inFlight = new nint[MostInFlight];
    private long _waited;
    private bool _hasFailed;
    private bool _isDisposed;

    internal MpiPeers(MpiLibrary library, TimeSpan limit)
    {
        (_library, _limit) = (library, limit);
        library.Start();
        (Rank, Size) = library.Place();
        _group = library.Duplicate();
        _rollCall = new RollCall(library, library.Duplicate(), Rank, Size);
        Engine = library.Version;
        Hosts = PeerTexts.OfAll(this, Environment.MachineName);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public string Engine { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Hosts { get; } = [];

    /// <inheritdoc/>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, _waited);

    /// <inheritdoc/>
    public void Sum(Tensor tensor, bool isRootSlow = false) => InPieces(tensor, isSum: true, isRootSlow);

    /// <inheritdoc/>
    public void Broadcast(Tensor tensor) => InPieces(tensor, isSum: false, isRootSlow: true);

    /// <summary>Ends MPI when all processes have come to their end; does nothing after a failure.</summary>
    public void Dispose()
    {
        if (_isDisposed || _hasFailed)
        {
            return;
        }

        _isDisposed = true;
        var request = _library.BeginBarrier(_group);
        Wait(MemoryMarshal.CreateSpan(ref request, 1), isRootSlow: true);
        _library.End();
        _rollCall.Dispose();
    }

    /// <summary>Ends this process at once, without MPI's end, which would wait for processes that are gone.</summary>
    /// <param name="code">The exit code.</param>
    internal static void Leave(int code)
    {
        Console.Out.Flush();
        Console.Error.Flush();
        if (code != 0)
        {
            // A launcher ends the others at once, and loses what it has not passed on yet.
            Thread.Sleep(ForLastWords);
        }

        _exit(code);
    }

    private void InPieces(Tensor tensor, bool isSum, bool isRootSlow)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var layout = TensorLayout.Of(tensor);
        var (type, bytes) = layout.Type switch
        {
            ScalarType.Float32 => (_library.Abi.Float, sizeof(float)),
            ScalarType.Float64 => (_library.Abi.Double, sizeof(double)),
            ScalarType.Int64 => (_library.Abi.Int64, sizeof(long)),
            _ => throw new ArgumentException($"Processes exchange Float32, Float64 and Int64, got {layout.Type}.", nameof(tensor)),
        };
        if (!layout.IsDense)
        {
            throw new ArgumentException("Processes exchange tensors on the CPU that have no gaps.", nameof(tensor));
        }

        var data = (byte*)layout.Data;
        var most = PieceBytes / bytes;
        try
        {
            for (var done = 0L; done < layout.Count;)
            {
                var begun = 0;
                for (; begun < MostInFlight && done < layout.Count; begun++)
                {
                    var count = (int)Math.Min(most, layout.Count - done);
                    _inFlight[begun] = isSum
                        ? _library.BeginSum(data + (done * bytes), count, type, _group)
                        : _library.BeginBroadcast(data + (done * bytes), count, type, _group);
                    done += count;
                }

                Wait(_inFlight.AsSpan(0, begun), isRootSlow);
            }
        }
        catch (PeersException)
        {
            _hasFailed = true;
            throw;
        }

        GC.KeepAlive(tensor);
    }

    private void Wait(Span<nint> requests, bool isRootSlow)
    {
        var begun = Stopwatch.GetTimestamp();
        var (ended, asked, last) = (0, 0, begun);
        while (true)
        {
            while (ended < requests.Length && _library.HasEnded(ref requests[ended]))
            {
                ended++;
            }

            // A process that was stopped and goes on has not waited in between, and blames nobody for that time.
            var now = Stopwatch.GetTimestamp();
            begun += Stopwatch.GetElapsedTime(last, now) > LongestGap ? now - last : 0;
            last = now;
            var waited = Stopwatch.GetElapsedTime(begun);
            if (ended == requests.Length)
            {
                _waited += Stopwatch.GetTimestamp() - begun;
                return;
            }

            if (waited > YieldFor)
            {
                Thread.Sleep(1);
            }
            else if (waited > SpinFor)
            {
                Thread.Sleep(0);
            }

            if (waited > _limit * (asked + 1))
            {
                RequireAll(++asked, isRootSlow && waited < RootLimit, ref requests[ended]);
                last = Stopwatch.GetTimestamp();
            }
        }
    }

    // A process that comes to the wait while the others call the roll answers when it waits itself: then nobody is missing.
    private void RequireAll(int number, bool mayRootBeMissing, ref nint request)
    {
        var missing = _rollCall.Missing(number, ref request);
        if (missing.Count == 0 || (mayRootBeMissing && missing is [0]))
        {
            return;
        }

        _hasFailed = true;
        var named = missing.Select(rank => $"{rank} on {(Hosts.Count == 0 ? "an unknown host" : Hosts[rank])}").ToArray();
        var who = named.Length == 1 ? $"process {named[0]}" : $"processes {string.Join(", ", named[..^1])} and {named[^1]}";
        throw new PeersException($"{who} did not answer within {_limit.TotalSeconds:0.#} s")
        {
            IsSaidHere = Rank == Enumerable.Range(0, Size).First(rank => !missing.Contains(rank)),
        };
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void _exit(int code);
}
