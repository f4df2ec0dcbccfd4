using System.Reflection;
using Rubato.Torch.Tests;
using Xunit.v3;

[assembly: OneThread]

namespace Rubato.Torch.Tests;

/// <summary>Before each test the engine has one thread, whatever the test before it left: several may add up in any order, and gain nothing here.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class OneThreadAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Engine.Threads = 1;
}
