using System.Runtime.ExceptionServices;
using Rubato.Torch.Parallel;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Parallel;

/// <summary>Threads of this process in the place of processes. They meet at a barrier, and sums are taken in the order of the ranks.</summary>
/// <remarks>
/// A thread that fails ends the waits of the others, and what it threw is thrown to the test. No wait takes longer than the limit.
/// </remarks>
internal sealed class ThreadPeers : IPeers
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly Meeting _meeting;

    private ThreadPeers(Meeting meeting, int rank) => (_meeting, Rank) = (meeting, rank);

    public int Rank { get; }

    public int Size => _meeting.Size;

    public string Engine => "threads";

    public IReadOnlyList<string> Hosts => [.. Enumerable.Repeat(Environment.MachineName, Size)];

    public TimeSpan Waited => TimeSpan.Zero;

    /// <summary>How many times this one has joined the others.</summary>
    public int Calls { get; private set; }

    /// <summary>Does the same work in some threads, each with a dispose scope of its own.</summary>
    /// <param name="size">How many.</param>
    /// <param name="work">What each does.</param>
    /// <returns>What they return, by rank.</returns>
    public static T[] Run<T>(int size, Func<ThreadPeers, T> work)
    {
        using var meeting = new Meeting(size);
        var results = new T[size];
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() => Work(rank)) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        foreach (var (rank, thread) in threads.Index())
        {
            if (!thread.Join(Limit))
            {
                meeting.Fail(new TimeoutException($"The thread {rank} has not ended within {Limit.TotalSeconds} seconds."));
                break;
            }
        }

        meeting.Failure?.Throw();
        return results;

        void Work(int rank)
        {
            try
            {
                using var scope = NewDisposeScope();
                using var peers = new ThreadPeers(meeting, rank);
                results[rank] = work(peers);
            }
#pragma warning disable CA1031 // It is thrown to the test.
            catch (Exception e)
#pragma warning restore CA1031
            {
                meeting.Fail(e);
            }
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public static void Run(int size, Action<ThreadPeers> work) => Run(size, peers =>
    {
        work(peers);
        return true;
    });

    public void Sum(Tensor tensor, bool isRootSlow = false) => Join("sum", tensor, tensors =>
    {
        var sum = tensors[0].clone();
        foreach (var other in tensors.Skip(1))
        {
            sum.add_(other);
        }

        return sum;
    });

    public void Broadcast(Tensor tensor) => Join("broadcast", tensor, tensors => tensors[0].clone());

    public void Dispose()
    {
    }

    private void Join(string what, Tensor tensor, Func<Tensor[], Tensor> combine)
    {
        Calls++;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (tensor.device_type != DeviceType.CPU || !tensor.is_contiguous())
        {
            throw new ArgumentException("The tensor has gaps, or lies on a device.", nameof(tensor));
        }

        var shape = $"{what} of {tensor.numel()} {tensor.dtype}";
        _meeting.Give(Rank, shape, tensor);
        _meeting.Wait(Rank);
        // Each combines for itself: all read, and nobody writes before the next barrier.
        var combined = combine(_meeting.Taken(Rank, shape));
        _meeting.Wait(Rank);
        tensor.copy_(combined);
    }

    /// <summary>What the threads share.</summary>
    private sealed class Meeting(int size) : IDisposable
    {
        private readonly Barrier _barrier = new(size);
        private readonly CancellationTokenSource _failed = new();
        private readonly (string What, Tensor Tensor)[] _given = new (string, Tensor)[size];
        private readonly Lock _lock = new();

        public int Size => size;

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Give(int rank, string what, Tensor tensor) => _given[rank] = (what, tensor);

        public Tensor[] Taken(int rank, string what) => Array.TrueForAll(_given, given => given.What == what)
            ? Array.ConvertAll(_given, given => given.Tensor)
            : throw new PeersException($"The thread {rank} joins in a {what}, others in {string.Join(", ", _given.Select(given => given.What))}.");

        public void Wait(int rank)
        {
            try
            {
                if (!_barrier.SignalAndWait(Limit, _failed.Token))
                {
                    throw new PeersException($"The thread {rank} has waited {Limit.TotalSeconds} seconds for the others.");
                }
            }
            catch (OperationCanceledException e)
            {
                throw new PeersException($"The thread {rank} waits for one that has failed.", e);
            }
        }

        // The first one's: the others fail since it is missing.
        public void Fail(Exception failure)
        {
            lock (_lock)
            {
                Failure ??= ExceptionDispatchInfo.Capture(failure);
            }

            _failed.Cancel();
        }

        // A thread that has not ended may still wait here; the collector frees both.
        public void Dispose()
        {
            if (Failure is null)
            {
                _barrier.Dispose();
                _failed.Dispose();
            }
        }
    }
}
