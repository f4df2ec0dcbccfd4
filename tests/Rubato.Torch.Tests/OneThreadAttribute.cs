using System.Reflection;
using Rubato.Torch.Tests;
using Xunit.v3;

[assembly: OneThread]

namespace Rubato.Torch.Tests;

/// <summary>
/// Before each test the engine has one thread, whatever the test before it left, so that two runs of the same are equal to the bit: several threads may add up in
/// any order. A run sets the number itself, and takes <see cref="Threads"/> here.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class OneThreadAttribute : BeforeAfterTestAttribute
{
    public const int Threads = 1;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Engine.Threads = Threads;
}
