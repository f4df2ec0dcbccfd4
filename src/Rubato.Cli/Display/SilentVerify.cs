using Rubato.Training.Verifying;

namespace Rubato.Cli.Display;

/// <summary>Shows nothing.</summary>
internal sealed class SilentVerify : IVerifyListener
{
    public void OnStart(VerifyDescription description)
    {
    }

    public void OnPoint(in VerifiedPoint point)
    {
    }

    public void OnAccuracy(VerifiedAccuracy accuracy)
    {
    }
}
