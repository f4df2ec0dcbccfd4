using Rubato.Runs.Checkpoints;

namespace Rubato.Runs.Tests.Checkpoints;

public sealed class RunLockTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Take_HeldByAnother_OneSentenceUntilItIsFree()
    {
        var folder = RunFolder.Create(_temporary.Path, "run", "run");
        using (RunLock.Take(folder))
        {
            Assert.Equal(
                $"run is '{folder.Path}', which another process is training; wait until it has ended, or end it.",
                Assert.Throws<InvalidInputException>(() => RunLock.Take(folder)).Message);
        }

        RunLock.Take(folder).Dispose();
    }
}
