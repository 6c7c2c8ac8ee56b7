package tr.emanet.alert.measure;

/**
 * How alerts are answered: by people, and by what the appliance itself can prove. Immutable.
 *
 * @param measures written by people
 * @param evidence known to the appliance
 */
public record Answers(Measures measures, Evidence evidence) {}
