using Rubato.Torch.Parallel;

namespace Rubato.Torch.Tests.Parallel;

public class LaunchTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=3", "3 of 4 by mpirun (Open MPI)")]
    [InlineData("OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0", "0 of 1 by mpirun (Open MPI)")]
    [InlineData("PMI_SIZE=2 PMI_RANK=1", "1 of 2 by mpirun (MPICH)")]
    [InlineData("PMI_SIZE=2 PMI_RANK=1 SLURM_STEP_ID=0 SLURM_PROCID=1 SLURM_JOB_ID=77", "1 of 2 by srun (Slurm job 77)")]
    [InlineData("SLURM_STEP_NUM_TASKS=8 SLURM_PROCID=7 SLURM_JOB_ID=77 PMIX_RANK=7", "7 of 8 by srun (Slurm job 77)")]
    [InlineData("SLURM_STEP_NUM_TASKS=1 SLURM_PROCID=0 SLURM_JOB_ID=77", null)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=0 KUBERNETES_SERVICE_HOST=10.0.0.1", "0 of 4 by mpirun (Open MPI) in Kubernetes")]
    [InlineData("WORLD_SIZE=1 RANK=0 MASTER_ADDR=localhost", null)]
    public void Find_Environment_TellsWhatLaunchedIt(string environment, string? found)
    {
        var launch = Launch.Find(Reading(environment));
        Assert.Equal(found, launch is null ? null : $"{launch.Rank} of {launch.Size} by {launch.Launcher}");
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4", "OMPI_COMM_WORLD_RANK is not")]
    [InlineData("PMI_RANK=0", "PMI_SIZE is not")]
    [InlineData("PMI_SIZE=two PMI_RANK=0", "must be a whole number")]
    [InlineData("PMI_SIZE=2 PMI_RANK=2", "ranks are below it")]
    [InlineData("SLURM_STEP_NUM_TASKS=8 SLURM_PROCID=7 SLURM_JOB_ID=77", "through PMIx")]
    [InlineData("WORLD_SIZE=4 RANK=2 MASTER_ADDR=node1", "with mpirun")]
    public void Find_WhatCannotBeUsed_IsSaid(string environment, string said)
    {
        var exception = Assert.Throws<InvalidInputException>(() => Launch.Find(Reading(environment)));
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
    }

    internal static Func<string, string?> Reading(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return name => variables.GetValueOrDefault(name);
    }
}
