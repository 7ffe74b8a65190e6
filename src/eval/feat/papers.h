/*
 * papers - where features are defined, as --describe names them.
 */
#ifndef MIEN_FEAT_PAPERS_H
#define MIEN_FEAT_PAPERS_H

#define GEMAPS "Eyben et al. 2016, IEEE TAC 7(2)"
#define HERMANSKY "Hermansky 1990, JASA 87(4)"
#define DAVIS "Davis & Mermelstein 1980, IEEE TASSP 28(4)"
#define BOERSMA "Boersma 1993, Proc. IFA 17"
#define HAMMARBERG "Hammarberg et al. 1980, Acta Oto-laryng. 90"
#define MARKEL "Markel & Gray 1976, Linear Prediction of Speech"
#define FURUI "Furui 1986, IEEE TASSP 34(1)"
#define TZANETAKIS "Tzanetakis & Cook 2002, IEEE TSAP 10(5)"
#define MISRA "Misra et al. 2004, Proc. ICASSP"
#define DE_JONG "de Jong & Wempe 2009, Behav. Res. Methods 41(2)"
#define GREENBERG "Greenberg & Kingsbury 1997, Proc. ICASSP"
#define TEUTENBERG "Teutenberg et al. 2008, Proc. ICASSP"
#define HILLENBRAND "Hillenbrand et al. 1994, J. Speech Hear. Res. 37"
#define HOUDE "Hillenbrand & Houde 1996, J. Speech Hear. Res. 39"
#define PEETERS "Peeters 2004, CUIDADO project report"
#define BANZIGER "Banziger & Scherer 2005, Speech Commun. 46"
#define GRABE "Grabe & Low 2002, Lab. Phonology 7"
#define LOFQVIST "Lofqvist & Mandersson 1987, Folia Phoniatr. 39"

#endif
