using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>libtorch as a whole: version, devices, threads, chance.</summary>
/// <remarks>
/// Random state and thread count are libtorch's own and process-wide. Arguments are checked here first: TorchSharp's native setters do not
/// catch libtorch's exceptions, and an uncaught one ends the process.
/// </remarks>
public static partial class Engine
{
    // M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc's malloc.h.
    private const int MapThreshold = -3;
    private const int TrimThreshold = -1;

    // The state of the Mersenne Twister, which draws on the CPU, has 624 numbers.
    private const int TwisterNumbers = 624;
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>The version of libtorch, such as <c>2.10.0</c>.</summary>
    public static string LibtorchVersion
    {
        get
        {
            Start();
            var version = __version__;

            // TorchSharp may give four numbers; libtorch itself has three.
            return Version.TryParse(version, out var parsed) ? parsed.ToString(3) : version;
        }
    }

    /// <summary>How many CUDA devices libtorch can use; 0 without CUDA.</summary>
    public static int CudaDevices
    {
        get
        {
            Start();
            return cuda.is_available() ? cuda.device_count() : 0;
        }
    }

    /// <summary>
    /// The most <see cref="Threads"/>: a round number, chosen above the cores of usual machines. There must be one, because OpenMP ends the
    /// process if the system cannot start a thread.
    /// </summary>
    public const int MostThreads = 1024;

    /// <summary>Threads inside an operator; from 1 to <see cref="MostThreads"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of this range.</exception>
    public static int Threads
    {
        get
        {
            Start();
            return get_num_threads();
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostThreads);
            Start();
            set_num_threads(value);
        }
    }

    /// <summary>Loads libtorch if it is not loaded yet. Every member does this on its own; a call only lets a failure show early.</summary>
    /// <exception cref="TorchException">It is missing or cannot be loaded: <see cref="TorchErrorKind.NotInstalled"/>.</exception>
    public static void Start() => _ = Loaded.Value;

    /// <summary>Does work through TorchSharp, and turns a failure into a <see cref="TorchException"/> with its kind.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="operation">What is done, for the message, such as <c>training</c>.</param>
    /// <param name="work">The work.</param>
    /// <returns>What the work returned.</returns>
    /// <exception cref="TorchException">libtorch failed, or is not there.</exception>
    internal static T Run<T>(string operation, Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Start();
        try
        {
            return work();
        }
        catch (ExternalException exception)
        {
            throw TorchException.From(exception, operation);
        }
    }

    /// <summary>Seeds the random generators of every device.</summary>
    /// <param name="seed">Any number.</param>
    public static void Seed(long seed)
    {
        Start();
        _ = manual_seed(seed);
    }

    /// <summary>A copy of the CPU's random state, which dropout and initial weights on the CPU are drawn from.</summary>
    /// <returns>Bytes that <see cref="SetRandomState"/> takes; outside of any dispose scope.</returns>
    /// <remarks>TorchSharp has no access to the random state of a CUDA device; what is drawn there is not repeated.</remarks>
    public static Tensor RandomState()
    {
        Start();
        return get_rng_state().DetachFromDisposeScope();
    }

    /// <summary>Sets the CPU's random state.</summary>
    /// <param name="state">What <see cref="RandomState"/> gave.</param>
    /// <exception cref="ArgumentException">The bytes cannot be such a state; nothing has changed.</exception>
    public static void SetRandomState(Tensor state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Start();
        using var now = get_rng_state();
        if (state.dtype != ScalarType.Byte || state.device_type != DeviceType.CPU || state.dim() != 1 || state.numel() != now.numel())
        {
            throw new ArgumentException(
                $"A random state is {now.numel()} bytes on the CPU, "
                + $"got {state.dtype} [{string.Join(", ", state.shape)}] on {Devices.NameOf(state.device)}.",
                nameof(state));
        }

        using var dense = state.contiguous();
        if (!IsRandomState(dense.bytes))
        {
            throw new ArgumentException("The bytes are no random state: libtorch would refuse its counters.", nameof(state));
        }

        set_rng_state(dense);
    }

    // After the seed (8 bytes) libtorch's CPUGeneratorImpl.cpp keeps how many numbers are left (4), whether it was seeded (4), and which is
    // next (8).
    private static bool IsRandomState(ReadOnlySpan<byte> state) =>
        BitConverter.ToInt32(state[8..]) is > 0 and <= TwisterNumbers
        && BitConverter.ToInt32(state[12..]) != 0
        && BitConverter.ToUInt64(state[16..]) <= TwisterNumbers;

    private static bool Load()
    {
        SpinBriefly();
        try
        {
            InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception exception)
            when (exception is NotSupportedException or DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            var cause = exception.GetBaseException().Message.Split('\n')[0].Trim();
            throw new TorchException(
                TorchErrorKind.NotInstalled,
                "libtorch",
                $"it cannot be loaded on {RuntimeInformation.RuntimeIdentifier} ({cause})",
                exception);
        }

        KeepFreedMemory();
        return true;
    }

    // A thread that spins for long starves the one it waits for as soon as anything else runs; docs/engine.md has the cost. OpenMP reads
    // this once, as it loads, from the environment of C, of which .NET has a copy.
    private static void SpinBriefly()
    {
        if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_WAIT_POLICY")))
        {
            _ = setenv("GOMP_SPINCOUNT", "20000", overwrite: 0);
        }
    }

    // glibc maps and unmaps every allocation above its limits, and each activation is above them; docs/engine.md has the cost.
    private static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_") is not null)
        {
            return;
        }

        try
        {
            if (mallopt(MapThreshold, 1 << 30) == 0)
            {
                // The most that glibc before 2.35 accepts.
                _ = mallopt(MapThreshold, 32 << 20);
            }

            _ = mallopt(TrimThreshold, int.MaxValue);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without it, such as musl, has no such limits.
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
