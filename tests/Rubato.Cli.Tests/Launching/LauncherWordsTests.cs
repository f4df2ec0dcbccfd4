using Rubato.Cli.Launching;

namespace Rubato.Cli.Tests.Launching;

/// <summary>The texts are what Open MPI 4.1.4 and MPICH 4.0.2 wrote when their processes were killed, and Open MPI's of a cut link.</summary>
public sealed class LauncherWordsTests
{
    private const string Frame = "--------------------------------------------------------------------------";
    private const string HydraFrame = "===================================================================================";

    private const string OpenMpiKilled =
        $"""
        {Frame}
        Primary job  terminated normally, but 1 process returned
        a non-zero exit code. Per user-direction, the job has been aborted.
        {Frame}
        {Frame}
        mpirun.openmpi noticed that process rank 1 with PID 0 on node vm exited on signal 9 (Killed).
        {Frame}
        """;

    private const string HydraKilled =
        $"""

        {HydraFrame}
        =   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES
        =   PID 15454 RUNNING AT vm
        =   EXIT CODE: 9
        =   CLEANING UP REMAINING PROCESSES
        =   YOU CAN IGNORE THE BELOW CLEANUP MESSAGES
        {HydraFrame}
        YOUR APPLICATION TERMINATED WITH THE EXIT STRING: Killed (signal 9)
        This typically refers to a problem with your application.
        Please see the FAQ page for debugging suggestions
        """;

    private const string OpenMpiLost =
        $"""
        [h6n0:10842] [[22477,0],0] writev failed: Connection reset by peer
        {Frame}
        ORTE has lost communication with a remote daemon.

          HNP daemon   : [[22477,0],0] on node h6n0
          Remote daemon: [[22477,0],2] on node h6n2

        This is usually due to either a failure of the TCP network
        connection to the node, or possibly an internal failure of
        the daemon itself. We cannot recover from this failure, and
        therefore will terminate the job.
        {Frame}
        """;

    [Theory]
    [InlineData(OpenMpiKilled, "process 1 on vm was ended by signal 9 (Killed)")]
    [InlineData("rubato-process 1 vm 15454\n" + HydraKilled, "process 1 on vm was ended by signal 9")]
    [InlineData(HydraKilled, "the process with the number 15454 on vm was ended by signal 9")]
    [InlineData(OpenMpiLost, "the host h6n2 cannot be reached any more")]
    [InlineData(
        "ssh: Could not resolve hostname node2: Name or service not known",
        "a host cannot be reached by ssh (Could not resolve hostname node2: Name or service not known)")]
    [InlineData("Host key verification failed.", "a host cannot be reached by ssh (Host key verification failed)")]
    [InlineData("me@node2: Permission denied (publickey,password).", "a host cannot be reached by ssh (Permission denied (publickey,password))")]
    public void Read_EndOfAProcess_IsNamedAndNothingPassedOn(string text, string expected)
    {
        var words = new LauncherWords();

        Assert.Empty(PassedOn(words, text));
        Assert.Equal(expected, words.Ended);
        Assert.True(words.IsOver);
    }

    [Fact]
    public void Read_LinesOfProcesses_ErrorsKeptOnceOthersPassedOn()
    {
        var words = new LauncherWords();

        var passed = PassedOn(
            words,
            """
            rubato-process 0 vm 11
            rubato-run runs/first try
            note: a sentence of the run
            error: process 1 on vm did not answer within 2 s.
            error: process 1 on vm did not answer within 2 s.
            """);

        Assert.Equal(["note: a sentence of the run"], passed);
        Assert.Equal(["error: process 1 on vm did not answer within 2 s."], words.Errors);
        Assert.Equal("runs/first try", words.Folder);
        Assert.Null(words.Ended);
        Assert.Null(words.Code);
        Assert.True(words.IsOver);
    }

    [Fact]
    public void Read_Ending_IsTheExitCode()
    {
        var words = new LauncherWords();

        Assert.Empty(PassedOn(words, "rubato-ended 143"));
        Assert.Equal(143, words.Code);
        Assert.False(words.IsOver);
    }

    [Theory]
    [InlineData("error: process 1 on vm did not answer within 2 s.", true)]
    [InlineData("error: processes 1 on a and 2 on b did not answer within 2 s.", true)]
    [InlineData("error: the loss became non-finite after 3 updates.", false)]
    public void IsOfProcesses_Error_ByItsSubject(string error, bool expected) => Assert.Equal(expected, LauncherWords.IsOfProcesses(error));

    private static List<string> PassedOn(LauncherWords words, string text) =>
        [.. text.Split('\n').Select(words.Read).OfType<string>()];
}
