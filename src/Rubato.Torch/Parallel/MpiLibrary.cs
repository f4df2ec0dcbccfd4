using System.Runtime.InteropServices;
using System.Text;

namespace Rubato.Torch.Parallel;

/// <summary>One loaded MPI library: the functions that are used of it. None of them blocks.</summary>
/// <remarks>A process starts MPI once, and all calls come from one thread.</remarks>
internal sealed unsafe class MpiLibrary
{
    private const int Funneled = 1;
    private const int LongestText = 8192;

    private static readonly string[] OpenMpi = ["libmpi.so.40", "libmpi.40.dylib"];
    private static readonly string[] Mpich = ["libmpi.so.12", "libmpich.so.12", "libmpi.12.dylib", "msmpi.dll"];
    private static readonly string[] Standard = ["libmpi_abi.so.0", "libmpi_abi.0.dylib"];

    private readonly nint _library;
    private readonly delegate* unmanaged<nint, void*, int, nint, nint, nint, nint*, int> _allReduce;
    private readonly delegate* unmanaged<void*, int, nint, int, nint, nint*, int> _broadcast;
    private readonly delegate* unmanaged<nint, nint*, int> _barrier;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> _send;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> _receive;
    private readonly delegate* unmanaged<nint*, int*, nint, int> _test;
    private readonly delegate* unmanaged<int, byte*, int*, int> _errorString;

    private MpiLibrary(nint library, string name)
    {
        (_library, Name, Abi) = (library, name, MpiAbi.Of(library, name));
        _allReduce = (delegate* unmanaged<nint, void*, int, nint, nint, nint, nint*, int>)Export("MPI_Iallreduce");
        _broadcast = (delegate* unmanaged<void*, int, nint, int, nint, nint*, int>)Export("MPI_Ibcast");
        _barrier = (delegate* unmanaged<nint, nint*, int>)Export("MPI_Ibarrier");
        _send = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Export("MPI_Isend");
        _receive = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Export("MPI_Irecv");
        _test = (delegate* unmanaged<nint*, int*, nint, int>)Export("MPI_Test");
        _errorString = (delegate* unmanaged<int, byte*, int*, int>)Export("MPI_Error_string");
    }

    /// <summary>The library's file.</summary>
    internal string Name { get; }

    /// <summary>The constants of its interface.</summary>
    internal MpiAbi Abi { get; }

    /// <summary>The library's own name and version, such as <c>Open MPI 4.1.4</c>.</summary>
    internal string Version
    {
        get
        {
            var text = stackalloc byte[LongestText];
            int length;
            Check(((delegate* unmanaged<byte*, int*, int>)Export("MPI_Get_library_version"))(text, &length));
            return ShortVersion(Encoding.UTF8.GetString(text, length));
        }
    }

    /// <summary>The files to try, in their order.</summary>
    /// <param name="variable">Reads an environment variable; null if it is not set.</param>
    internal static IReadOnlyList<string> Candidates(Func<string, string?> variable) =>
        variable("RUBATO_MPI") is { Length: > 0 } named ? [named]
        : variable("OMPI_COMM_WORLD_SIZE") is not null || (variable("PMIX_RANK") is not null && variable("PMI_RANK") is null)
            ? [.. OpenMpi, .. Standard, .. Mpich]
        : variable("PMI_RANK") is not null ? [.. Mpich, .. Standard, .. OpenMpi]
        : [.. Standard, .. OpenMpi, .. Mpich];

    /// <summary>Loads a library.</summary>
    /// <param name="candidates">The files to try.</param>
    /// <param name="isSaidHere">Whether this process is the one to say what is wrong.</param>
    /// <exception cref="PeersException">There is none, or it is no MPI library.</exception>
    internal static MpiLibrary Load(IReadOnlyList<string> candidates, bool isSaidHere = true)
    {
        foreach (var name in candidates)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return new MpiLibrary(library, name);
            }
        }

        throw new PeersException(candidates is [var named]
            ? $"the MPI library {named} of RUBATO_MPI cannot be loaded; name the file of an installed one, or leave RUBATO_MPI out"
            : "no MPI library was found, and several processes need one; install Open MPI (Debian: apt-get install openmpi-bin) or MPICH, "
                + "or name the file of yours in RUBATO_MPI")
        {
            IsSaidHere = isSaidHere,
        };
    }

    /// <summary>Starts MPI.</summary>
    internal void Start()
    {
        int provided;
        Check(((delegate* unmanaged<void*, void*, int, int*, int>)Export("MPI_Init_thread"))(null, null, Funneled, &provided));
        SetErrorsReturn(Abi.World);
    }

    /// <summary>A group of all processes with messages of its own.</summary>
    internal nint Duplicate()
    {
        nint made = 0;
        Check(((delegate* unmanaged<nint, nint*, int>)Export("MPI_Comm_dup"))(Abi.World, &made));
        SetErrorsReturn(made);
        return made;
    }

    /// <summary>The number of this process, and how many there are.</summary>
    internal (int Rank, int Size) Place()
    {
        int rank, size;
        Check(((delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_rank"))(Abi.World, &rank));
        Check(((delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_size"))(Abi.World, &size));
        return (rank, size);
    }

    /// <summary>Begins a sum in place.</summary>
    internal nint BeginSum(void* numbers, int count, nint type, nint group)
    {
        nint request = 0;
        Check(_allReduce(Abi.InPlace, numbers, count, type, Abi.Sum, group, &request));
        return request;
    }

    /// <summary>Begins to send what the process 0 has.</summary>
    internal nint BeginBroadcast(void* numbers, int count, nint type, nint group)
    {
        nint request = 0;
        Check(_broadcast(numbers, count, type, 0, group, &request));
        return request;
    }

    /// <summary>Begins a wait for all processes.</summary>
    internal nint BeginBarrier(nint group)
    {
        nint request = 0;
        Check(_barrier(group, &request));
        return request;
    }

    /// <summary>Begins to send one number to a process.</summary>
    internal nint BeginSend(long* number, int to, int tag, nint group)
    {
        nint request = 0;
        Check(_send(number, 1, Abi.Int64, to, tag, group, &request));
        return request;
    }

    /// <summary>Begins to receive one number from a process.</summary>
    internal nint BeginReceive(long* number, int from, int tag, nint group)
    {
        nint request = 0;
        Check(_receive(number, 1, Abi.Int64, from, tag, group, &request));
        return request;
    }

    /// <summary>Whether a request has ended; it makes progress, too.</summary>
    internal bool HasEnded(ref nint request)
    {
        fixed (nint* place = &request)
        {
            int flag;
            Check(_test(place, &flag, Abi.IgnoreStatus));
            return flag != 0;
        }
    }

    /// <summary>Ends MPI; waits for all processes.</summary>
    internal void End() => Check(((delegate* unmanaged<int>)Export("MPI_Finalize"))());

    /// <summary>The name and the version at the beginning of what a library says of itself.</summary>
    /// <param name="text">Such as <c>Open MPI v4.1.4, package: ...</c>, or lines that begin with <c>MPICH Version:</c>.</param>
    internal static string ShortVersion(string text)
    {
        var line = text.Trim('\0', '\n', ' ').Split('\n')[0].Split(',')[0];
        return string.Join(' ', line.Replace(" v", " ", StringComparison.Ordinal).Replace("Version:", "", StringComparison.Ordinal)
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
    }

    private void SetErrorsReturn(nint group) =>
        Check(((delegate* unmanaged<nint, nint, int>)Export("MPI_Comm_set_errhandler"))(group, Abi.ErrorsReturn));

    private nint Export(string name) => NativeLibrary.TryGetExport(_library, name, out var address)
        ? address
        : throw new PeersException(
            $"the library {Name} has no {name}, so that it is no MPI library that can be used; name another in RUBATO_MPI");

    private void Check(int code)
    {
        if (code == 0)
        {
            return;
        }

        var text = stackalloc byte[LongestText];
        var length = 0;
        _ = _errorString(code, text, &length);
        throw new PeersException($"{Abi.Name} failed: {Encoding.UTF8.GetString(text, length).ReplaceLineEndings(" ").Trim()}");
    }
}
