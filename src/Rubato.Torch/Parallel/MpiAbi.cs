using System.Runtime.InteropServices;

namespace Rubato.Torch.Parallel;

/// <summary>
/// The constants of an MPI library's binary interface. Handles travel as pointers in all of them: those of Open MPI are addresses of
/// exported objects, those of MPICH 32-bit numbers, of which a callee reads the low half, and those of MPI 5 small constants.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="World">All processes.</param>
/// <param name="ErrorsReturn">Errors are returned instead of ending the process.</param>
/// <param name="Float">32 bits.</param>
/// <param name="Double">64 bits.</param>
/// <param name="Int64">64 bits.</param>
/// <param name="Sum">Addition.</param>
/// <param name="InPlace">The argument that says that a buffer is both input and output.</param>
/// <param name="IgnoreStatus">The argument that says that no status is wanted.</param>
/// <remarks>Immutable.</remarks>
internal sealed record MpiAbi(
    string Name, nint World, nint ErrorsReturn, nint Float, nint Double, nint Int64, nint Sum, nint InPlace, nint IgnoreStatus)
{
    /// <summary>
    /// MPICH and its family (Intel MPI, MVAPICH, MS-MPI): <c>mpi.h</c> of MPICH 3.1 and later, "MPICH ABI compatibility initiative".
    /// </summary>
    internal static MpiAbi Mpich { get; } = new(
        "MPICH",
        World: 0x44000000,
        ErrorsReturn: 0x54000001,
        Float: 0x4c00040a,
        Double: 0x4c00080b,
        Int64: 0x4c00083a,
        Sum: 0x58000003,
        InPlace: -1,
        IgnoreStatus: 1);

    /// <summary>The standard interface of MPI 5.0, chapter 20. No library of it was at hand: it has not run.</summary>
    internal static MpiAbi Standard { get; } = new(
        "MPI 5",
        World: 0x101,
        ErrorsReturn: 0x142,
        Float: 0x210,
        Double: 0x214,
        Int64: 0x258,
        Sum: 0x21,
        InPlace: 1,
        IgnoreStatus: 0);

    /// <summary>The interface of a loaded library.</summary>
    /// <param name="library">Its handle.</param>
    /// <param name="name">Its file.</param>
    internal static MpiAbi Of(nint library, string name) =>
        NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out var world)
            ? new MpiAbi(
                "Open MPI",
                world,
                NativeLibrary.GetExport(library, "ompi_mpi_errors_return"),
                NativeLibrary.GetExport(library, "ompi_mpi_float"),
                NativeLibrary.GetExport(library, "ompi_mpi_double"),
                NativeLibrary.GetExport(library, "ompi_mpi_int64_t"),
                NativeLibrary.GetExport(library, "ompi_mpi_op_sum"),
                InPlace: 1,
                IgnoreStatus: 0)
        : name.Contains("_abi", StringComparison.Ordinal) ? Standard
        : Mpich;
}
