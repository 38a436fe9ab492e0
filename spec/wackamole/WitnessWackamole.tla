-------------------------- MODULE WitnessWackamole -------------------------
(***************************************************************************)
(* What the models of Wackamole reach.  Each definition below says that    *)
(* something telling never happens; a Witness model checks it, must find   *)
(* it violated, and its trace is the way there.  So no property holds      *)
(* because nothing ever came to the point.                                 *)
(*                                                                         *)
(* TookFirst(s, type): s takes an event of this type from the head of its  *)
(* inbox (others may send to it in the same step, behind it).              *)
(***************************************************************************)
EXTENDS MCWackamole

TookFirst(s, type) ==
    /\ inbox[s] # <<>>
    /\ Head(inbox[s]).type = type
    /\ Len(inbox'[s]) >= Len(inbox[s]) - 1
    /\ SubSeq(inbox'[s], 1, Len(inbox[s]) - 1) = Tail(inbox[s])
    /\ epoch' = epoch

-----------------------------------------------------------------------------
(***************************************************************************)
(* GATHER.                                                                 *)
(***************************************************************************)

(***************************************************************************)
(* A server releases an address that another member covers as well.        *)
(***************************************************************************)
ConflictResolved ==
    \E s \in Server : /\ TookFirst(s, "STATE_MSG")
                      /\ held'[s] # held[s]
                      /\ held'[s] \subseteq held[s]
NoConflictResolved == [][~ConflictResolved]_vars

(***************************************************************************)
(* A member that stays takes an address that a member that left had.       *)
(***************************************************************************)
HoleFilled ==
    \E s \in Server : /\ state[s] = "GATHER" /\ state'[s] = "RUN"
                      /\ held[s] # {}
                      /\ held[s] # held'[s]
                      /\ held[s] \subseteq held'[s]
NoHoleFilled == [][~HoleFilled]_vars

(***************************************************************************)
(* A server whose view has no mature member becomes mature by its timer,   *)
(* and it and another get to RUN.                                          *)
(***************************************************************************)
Bootstrapped ==
    \E s, t \in Server :
        /\ s # t
        /\ epoch = 0
        /\ state[s] = "RUN" /\ state[t] = "RUN"
        /\ view[s] = view[t]
        /\ held[s] # {} /\ held[t] # {}
NeverBootstrapped == ~Bootstrapped

(***************************************************************************)
(* Two components in RUN, each of which covers everything, become one:     *)
(* every address is covered twice, and the next GATHER has to see to it.   *)
(***************************************************************************)
TwoRun == Cardinality({C \in Running : \A s \in C : inbox[s] = <<>>}) = 2
NeverTwoRun == ~TwoRun

RunsMerge ==
    /\ TwoRun
    /\ \E s \in Server : net'[s] # net[s] /\ VS!Members(net'[s]) = Server
NoRunsMerge == [][~RunsMerge]_vars

(***************************************************************************)
(* A view change comes to a server that gathers, covers something, has     *)
(* heard from somebody, and still waits for others.                        *)
(***************************************************************************)
GatherInterrupted ==
    \E s \in Server : /\ TookFirst(s, "VIEW_CHANGE")
                      /\ state[s] = "GATHER"
                      /\ received[s] # {}
                      /\ held[s] # {}
NoGatherInterrupted == [][~GatherInterrupted]_vars

(***************************************************************************)
(* A server releases in GATHER all that it covered, waits for others, and  *)
(* has the next view change before it.  This is where the literal text     *)
(* falls into its hole.                                                    *)
(***************************************************************************)
InterruptedAfterRelease ==
    \E s \in Server : /\ TookFirst(s, "STATE_MSG")
                      /\ state'[s] = "GATHER"
                      /\ held[s] # {}
                      /\ held'[s] = {}
                      /\ \E i \in DOMAIN inbox'[s] : inbox'[s][i].type = "VIEW_CHANGE"
NoInterruptedAfterRelease == [][~InterruptedAfterRelease]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* The transitional period: what was sent in an old view comes in a new    *)
(* one.                                                                    *)
(***************************************************************************)
OldStateMsg ==
    \E s \in Server : /\ TookFirst(s, "STATE_MSG")
                      /\ state[s] = "GATHER"
                      /\ Head(inbox[s]).view # view[s]
NoOldStateMsg == [][~OldStateMsg]_vars

OldBalanceMsg ==
    \E s \in Server : TookFirst(s, "BALANCE_MSG") /\ state[s] = "GATHER"
NoOldBalanceMsg == [][~OldBalanceMsg]_vars

OldReleasedMsg ==
    \E s \in Server : TookFirst(s, "RELEASED_MSG") /\ state[s] = "GATHER"
NoOldReleasedMsg == [][~OldReleasedMsg]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Balancing.                                                              *)
(***************************************************************************)
BalanceMoves ==
    \E s \in Server : /\ TookFirst(s, "RELEASED_MSG")
                      /\ state[s] = "RUN"
                      /\ held[s] # held'[s]
                      /\ held[s] \subseteq held'[s]
NoBalanceMoves == [][~BalanceMoves]_vars

(***************************************************************************)
(* The price of releasing before acquiring: for a while nobody covers an   *)
(* address although everyone runs.                                         *)
(***************************************************************************)
Gap ==
    \E C \in Running : \E a \in Address : CoveredBy(C, a) = {}
NoGap == ~Gap

(***************************************************************************)
(* A view change comes between the order to hand over and the release.     *)
(***************************************************************************)
HandoverInterrupted ==
    \E s \in Server : /\ TookFirst(s, "VIEW_CHANGE")
                      /\ state[s] = "RUN"
                      /\ Backup(s) # current_table[s]
NoHandoverInterrupted == [][~HandoverInterrupted]_vars

(***************************************************************************)
(* A member that is slow to take the state messages still covers what it   *)
(* had before the merge, while another of its view acquires it in RUN.     *)
(* To be there soon: TwoAndOne, for Partitions, is one start out of many;  *)
(* Settled, for MayChange, waits until everybody runs; QuietAtFirst, for   *)
(* MayExpire, is Quiet until then.                                         *)
(***************************************************************************)
TwoAndOne == {{{"s1", "s2"}, {"s3"}}}
Settled ==
    /\ epoch + 1 \in Epoch
    /\ \A s \in VS!Connected : state[s] = "RUN" /\ inbox[s] = <<>>
QuietAtFirst(s) == epoch > 0 \/ Quiet(s)

SlowMemberStillCovers ==
    \E s, t \in Server :
        /\ s # t
        /\ view'[s] = view'[t]
        /\ state[s] = "RUN" /\ state'[s] = "RUN"
        /\ state[t] = "GATHER"
        /\ Acquires(s) \cap held[t] # {}
NoSlowMemberStillCovers == [][~SlowMemberStillCovers]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* The loss of the group communication by a server that covers something.  *)
(***************************************************************************)
DropsAll ==
    \E s \in Server :
        TookFirst(s, "DISCONNECT") /\ held[s] # {} /\ held'[s] = {}
NoDropsAll == [][~DropsAll]_vars
=============================================================================
