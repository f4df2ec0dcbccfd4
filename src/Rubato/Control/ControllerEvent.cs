namespace Rubato.Control;

/// <summary>
/// Something that a controller did beyond following its schedule: the difference between its memories before and after a report.
/// </summary>
/// <remarks>A closed family of immutable records; equality is by value.</remarks>
public abstract record ControllerEvent
{
    private protected ControllerEvent()
    {
    }
}
