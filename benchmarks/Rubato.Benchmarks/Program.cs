using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process, and not in a project that BenchmarkDotNet writes and builds for each benchmark: such a project would lie in this
// repository and fall under its build rules, which ask every project for its kind and its locked packages.
var quick = args.Contains("--quick", StringComparer.Ordinal);
var words = args.Where(word => word != "--quick").ToArray();
var config = ManualConfig.CreateEmpty()
    .AddJob((quick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance))
    .AddLogger(ConsoleLogger.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(JsonExporter.Full);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. words.Contains("--filter", StringComparer.Ordinal) ? [] : (string[])["--filter", "*"], .. words], config);
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
