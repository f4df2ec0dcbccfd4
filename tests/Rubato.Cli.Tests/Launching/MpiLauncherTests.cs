using Rubato.Cli.Launching;

namespace Rubato.Cli.Tests.Launching;

public sealed class MpiLauncherTests
{
    [Theory]
    [InlineData("mpirun.openmpi (OpenRTE) 4.1.4\n\nReport bugs to http://www.open-mpi.org/community/help/\n", nameof(LauncherKind.OpenMpi))]
    [InlineData("mpirun (Open MPI) 4.1.6\n", nameof(LauncherKind.OpenMpi))]
    [InlineData("mpirun (Open MPI) 5.0.3\n", nameof(LauncherKind.OpenMpi5))]
    [InlineData("prterun (PRRTE) 3.0.5\n", nameof(LauncherKind.OpenMpi5))]
    [InlineData("HYDRA build details:\n    Version:                                 4.0.2\n", nameof(LauncherKind.Hydra))]
    [InlineData("GNU bash, version 5.2.15(1)-release\n", null)]
    public void KindOf_Version_IsWhoseItIs(string version, string? expected) => Assert.Equal(expected, MpiLauncher.KindOf(version)?.ToString());
}
