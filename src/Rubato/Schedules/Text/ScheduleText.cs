namespace Rubato.Schedules.Text;

internal static class ScheduleText
{
    internal static Schedule Parse(string text, ScheduleFunctions functions) => throw new NotSupportedException();
}
