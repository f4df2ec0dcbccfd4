using System.Globalization;
using System.Reflection;
using Rubato.Torch.Tests;
using Xunit.v3;

[assembly: FewThreads]

namespace Rubato.Torch.Tests;

/// <summary>
/// Before each test the engine has one thread, or as many as OMP_NUM_THREADS says: on small tensors more of them only wait for each other, where other tests keep
/// the cores busy for minutes.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class FewThreadsAttribute : BeforeAfterTestAttribute
{
    private static readonly int Threads = int.TryParse(
        Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Max(1, asked) : 1;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Engine.Threads = Threads;
}
