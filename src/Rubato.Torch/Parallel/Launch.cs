using System.Globalization;

namespace Rubato.Torch.Parallel;

/// <summary>What started this process, as its environment tells.</summary>
/// <param name="Launcher">Such as <c>mpirun</c> or <c>srun</c>.</param>
/// <param name="Rank">The number that the launcher gave this process; from 0.</param>
/// <param name="Size">How many processes it started; at least 1.</param>
/// <remarks>Immutable.</remarks>
public sealed record Launch(string Launcher, int Rank, int Size)
{
    private static readonly Convention[] Conventions =
    [
        new("mpirun (Open MPI)", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"),
        new("mpirun (MPICH)", "PMI_SIZE", "PMI_RANK"),
    ];

    /// <summary>Finds out what started this process.</summary>
    /// <returns>The launch; null if no launcher of several processes is seen.</returns>
    /// <exception cref="InvalidInputException">
    /// There is half a set of a launcher's variables, or they are those of a launcher without MPI, such as torchrun.
    /// </exception>
    public static Launch? Find() => Find(Environment.GetEnvironmentVariable);

    /// <summary>The same from other variables.</summary>
    /// <param name="variable">Reads a variable; null if it is not set.</param>
    internal static Launch? Find(Func<string, string?> variable)
    {
        foreach (var convention in Conventions)
        {
            if (convention.Read(variable) is { } found)
            {
                return found with { Launcher = Described(found.Launcher, variable) };
            }
        }

        return Slurm(variable) ?? Torchrun(variable);
    }

    private static string Described(string launcher, Func<string, string?> variable) =>
        variable("SLURM_STEP_ID") is not null && variable("SLURM_PROCID") is not null && variable("OMPI_COMM_WORLD_SIZE") is null
            ? $"srun (Slurm job {variable("SLURM_JOB_ID")})"
        : variable("KUBERNETES_SERVICE_HOST") is not null ? $"{launcher} in Kubernetes"
        : launcher;

    // With PMIx, Slurm's own variables say how many there are.
    private static Launch? Slurm(Func<string, string?> variable)
    {
        if (new Convention($"srun (Slurm job {variable("SLURM_JOB_ID")})", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID") is var convention
            && variable(convention.SizeName) is null)
        {
            return null;
        }

        // Inside a job script both are set for its own, single process, too.
        return convention.Read(variable) is not { Size: > 1 } found ? null
            : variable("PMIX_RANK") is not null ? found
            : throw new InvalidInputException(new Finding(
                convention.SizeName,
                found.Size,
                "so that srun started several tasks, but without a way for MPI to find them",
                "let srun start them through PMIx, or through PMI-2 for MPICH"));
    }

    private static Launch? Torchrun(Func<string, string?> variable) =>
        variable("WORLD_SIZE") is { } size && variable("RANK") is not null && variable("MASTER_ADDR") is not null && size != "1"
            ? throw new InvalidInputException(new Finding(
                "WORLD_SIZE",
                size,
                "so that torchrun or a launcher like it started this, but it has no MPI",
                "start the processes with mpirun, or with srun through PMIx"))
            : null;

    /// <summary>The variables of a launcher.</summary>
    private sealed record Convention(string Launcher, string SizeName, string RankName)
    {
        internal Launch? Read(Func<string, string?> variable)
        {
            var (size, rank) = (variable(SizeName), variable(RankName));
            if (size is null && rank is null)
            {
                return null;
            }

            if (size is null || rank is null)
            {
                var (given, missing) = size is null ? (RankName, SizeName) : (SizeName, RankName);
                throw new InvalidInputException(new Finding(
                    given,
                    variable(given),
                    $"is in the environment, but {missing} is not, which {Launcher} sets with it",
                    "let the launcher's variables reach this process, or remove both"));
            }

            var (sizeNumber, rankNumber) = (Number(SizeName, size), Number(RankName, rank));
            return rankNumber < sizeNumber ? new Launch(Launcher, rankNumber, sizeNumber) : throw new InvalidInputException(new Finding(
                RankName, rank, $"but {SizeName} is {size}, and ranks are below it", "let the launcher set both"));
        }

        private static int Number(string name, string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new InvalidInputException(new Finding(name, text, "it must be a whole number", "let the launcher set it"));
    }
}
