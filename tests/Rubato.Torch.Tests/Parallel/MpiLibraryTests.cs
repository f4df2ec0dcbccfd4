using Rubato.Torch.Parallel;

namespace Rubato.Torch.Tests.Parallel;

public class MpiLibraryTests
{
    [Theory]
    [InlineData("RUBATO_MPI=/opt/mpi/libmpi.so PMI_RANK=0", "/opt/mpi/libmpi.so")]
    [InlineData("OMPI_COMM_WORLD_SIZE=2", "libmpi.so.40")]
    [InlineData("PMIX_RANK=0", "libmpi.so.40")]
    [InlineData("PMIX_RANK=0 PMI_RANK=0", "libmpi.so.12")]
    [InlineData("PMI_RANK=0", "libmpi.so.12")]
    [InlineData("", "libmpi_abi.so.0")]
    public void Candidates_Launcher_DecidesWhichComesFirst(string environment, string first) =>
        Assert.Equal(first, MpiLibrary.Candidates(LaunchTests.Reading(environment))[0]);

    [Theory]
    [InlineData("Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4\0", "Open MPI 4.1.4")]
    [InlineData("MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr  7 12:34:45 CDT 2022\n", "MPICH 4.0.2")]
    public void ShortVersion_OfLibrary_IsNameAndNumber(string text, string expected) => Assert.Equal(expected, MpiLibrary.ShortVersion(text));

    [Fact]
    public void Load_NoLibrary_SaysWhatToInstall()
    {
        var exception = Assert.Throws<PeersException>(() => MpiLibrary.Load(["libnosuch.so.1", "libnosuch.so.2"]));
        Assert.Contains("openmpi-bin", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NamedLibraryIsMissing_NamesIt()
    {
        var exception = Assert.Throws<PeersException>(() => MpiLibrary.Load(["/no/such/libmpi.so"]));
        Assert.Contains("/no/such/libmpi.so of RUBATO_MPI", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LibraryOfSomethingElse_IsNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The C library has another name.");
        var exception = Assert.Throws<PeersException>(() => MpiLibrary.Load(["libc.so.6"]));
        Assert.Contains("libc.so.6 has no MPI_Iallreduce", exception.Message, StringComparison.Ordinal);
    }
}
