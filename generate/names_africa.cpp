// Names of East Africa, francophone West Africa and Ethiopia.
#include "generate/names.hpp"

namespace tessera {

CultureSpec east_african_names() {
  CultureSpec spec;
  spec.wife_takes_name = 0.45;
  spec.has_second_given = 0.45;
  spec.second_is_fathers = 0.20;
  spec.male = {
      .common =
          "John Joseph Peter Juma James David Daniel Emmanuel Samuel Paul Hassan Ali Moses "
          "Stephen Michael George Charles Simon Isaac Robert Patrick Baraka Salim Rashid "
          "Hamisi Omari Bakari Musa Saidi Abdallah Ramadhani Godfrey Elias Frank Deogratias "
          "Erick Kelvin Dennis Brian Victor Amani Furaha Jabari Kamau Kipchoge Otieno "
          "Ochieng Mutua Kiptoo Wekesa Okello Mugisha Tumusiime Byaruhanga Kato Wasswa",
      .grammar = {.starts = "Ki Mu Ka O Tu Nya Wa Ba Ma Che Ndi Lu Bi Ru Mwa Si Ja Ha",
                  .middles = "ma ru pti ke che li ngu ti shi ba mbu ra",
                  .ends = "u ri ni ka ro go ha sa ki ta"},
      .size = 800,
      .offset = 8};
  spec.female = {
      .common =
          "Mary Grace Elizabeth Fatuma Asha Mwanaisha Zainab Halima Rehema Neema Joyce Esther "
          "Ruth Sarah Agnes Rose Jane Margaret Catherine Lucy Faith Mercy Florence Josephine "
          "Amina Khadija Mariamu Salma Saida Zuhura Pendo Upendo Subira Tatu Furaha Anna "
          "Happiness Prisca Veronica Theresia Wanjiku Akinyi Atieno Njeri Wambui Chebet "
          "Nakato Babirye Namukasa Nansubuga Kemigisha Jackline Lilian Eunice Judith Beatrice",
      .grammar = {.starts = "Na Wa A Nya Che Mwa Ki Ka Mu Be Za Sa Ra Si Ne Tu Lu Je",
                  .middles = "ku li nji mbu ke ru si mi tie gi bo lo",
                  .ends = "na sha ra ya ni ti ka la nge bi"},
      .size = 800,
      .offset = 8};
  spec.family = {
      .common =
          "Mwangi Otieno Juma Hassan Ochieng Kamau Ali Njoroge Kimani Omondi Mushi Massawe "
          "Kimaro Mollel Laizer Mbwana Shabani Msuya Kessy Temu Mlay Okello Opio Ssali "
          "Mukasa Nsubuga Kiggundu Lwanga Tumwine Mugabe Rutto Koech Cheruiyot Kiprono Mutua "
          "Musyoka Wafula Barasa Simiyu Nyambura Macharia Karanja Maina Onyango Odhiambo",
      .grammar = {.starts =
                      "Ki Mu Ka O Tu Nya Wa Ba Ma Che Ndi Lu Bi Ru Mwa Si Kya Mbo Nga Nso Kwa "
                      "Ro So Mka Mso Mko Ny Ng Mba Ssa Shi",
                  .middles = "ma ru pti ke che li ngu ti shi ba mbu ra nda go ka zo lya",
                  .ends = "nda ri ni ka ro go ha sa ki ta la ya le ngo mba wa ga nyi ro si"},
      .size = 8000,
      .offset = 8};
  spec.male_second = "Juma Joseph Peter John Hamisi Paul Ali Otieno Kamau Mutua Elias Simon";
  spec.female_second = "Joseph Juma Mary Peter John Rose Anna Wanjiku Akinyi Neema Grace";
  spec.male_twins = "Kato/Wasswa Opio/Odongo Hassan/Hussein Peter/Paul Daniel/Samuel";
  spec.female_twins = "Nakato/Babirye Apiyo/Adongo Neema/Neeta Mary/Martha Rehema/Halima";
  spec.nicknames =
      "Joseph=Joe,Yusufu Elizabeth=Eliza,Liz,Beth Emmanuel=Emma,Ema Daniel=Dan Samuel=Sam "
      "Stephen=Steve Michael=Mike Catherine=Cate,Kate Margaret=Maggie Josephine=Josey "
      "Patrick=Pato Robert=Bob,Rob Charles=Charlie Deogratias=Deo Ramadhani=Rama Abdallah=Abdu "
      "Fatuma=Fatu Mwanaisha=Mwana Khadija=Dija Zainab=Zena Veronica=Vero Theresia=Tessy "
      "Jackline=Jacky Beatrice=Betty Florence=Flo Godfrey=God James=Jimmy David=Dave "
      "Tumusiime=Tumu Byaruhanga=Byaru Isaac=Isa Peter=Pita John=Johnny";
  spec.villages = {.starts = "Ki Mu Ka Nya Bu Ma Che Lu Ru Mwa Si Kya Mbo Nga Ma Ro Nda Iso Ka",
                   .middles = "ba ru li ke ngo ti sha mbu ra nde go ka _",
                   .ends = "nda ri ni ka ro go ha sa mani ta la ya le ngo mba wa ga nyi "};
  return spec;
}

CultureSpec west_african_names() {
  CultureSpec spec;
  spec.wife_takes_name = 0.25;
  spec.has_second_given = 0.18;
  spec.male = {
      .common =
          "Mamadou Moussa Ibrahima Ousmane Amadou Abdoulaye Cheikh Modou Aliou Souleymane "
          "Seydou Adama Issa Boubacar Mohamed Oumar Sékou Bakary Lamine Yaya Drissa Salif "
          "Idrissa Kouassi Kouadio Yao Koffi Kouamé Konan Jean-Baptiste Jean-Pierre Désiré "
          "André François Étienne Théophile Hervé Rémi Gérard Aimé Célestin Honoré Pierre "
          "Paul Antoine Joël Michaël Emmanuel Siaka Lassina Zoumana Fousseyni Karamoko Malick "
          "Pape Assane El-Hadji Babacar Serigne Alassane Thierno Saliou",
      .grammar = {.starts = "Ma Mou Sé Ba Sou La Fo Ou Ka Ko Dia Bou Si Yé Za Da Na Ta Gbè",
                  .middles = "ma dou li bri ssa ra kou ndé ley mi né fo",
                  .ends = "ne ké dou ba la ma té mane né ré"},
      .size = 750,
      .offset = 5};
  spec.female = {
      .common =
          "Fatoumata Aminata Mariam Aïssatou Awa Kadiatou Fatou Ramata Oumou Salimata Adjoua "
          "Amenan Affoué Akissi Rokia Assétou Djénéba Hawa Bintou Nafissatou Maïmouna "
          "Ndeye Khady Coumba Astou Sokhna Marème Binta Marie-Claire Marie-Thérèse "
          "Bénédicte Hélène Geneviève Cécile Désirée Élisabeth Véronique Agnès Thérèse "
          "Françoise Noëlle Rosalie Alimata Safiatou Sanata Habibatou Aïcha Zénabou Mariama "
          "Hadja Djeynaba Adama Korotoumou Nana Yacine Rama",
      .grammar = {.starts = "Fa Ma Sa Ka Ra Ba Na Dja Ha Bi Sé Ou Ya Co Ro Ki Té Za Mi",
                  .middles = "tou mi li dia ssa ra kou né ba fi ma ri",
                  .ends = "ta ma tou na la ba té nou ssé ya"},
      .size = 750,
      .offset = 5};
  spec.family = {
      .common =
          "Traoré Diallo Diop Coulibaly Ouédraogo Koné Touré Ndiaye Keïta Cissé Kouassi Sow "
          "N'Guessan Barry Bah Camara Fofana Diarra Sanogo Konaté Sawadogo Zongo Kaboré "
          "Faye Fall Gueye Sarr N'Diaye Kouamé Konan Yao Dembélé Sidibé Sissoko Doumbia Bamba "
          "Soro Silué Yéo Tapsoba Compaoré Ilboudo Nikiéma Sankara Baldé Bangoura Soumah Sylla "
          "Condé Kourouma Adjovi Hounkpatin Agbodjan",
      .grammar = {.starts =
                      "Ba Dia Kou Sa Ta Oué Ka Ko Zo Na Si Bo Gna Gba Ma Yé Nié Fo Tou Dou Kpa "
                      "Hou Ado Agbo Zin Sè Go Kon Lou Wé",
                  .middles = "ra li ma do na ba ta go gué ssi di mbé wa ri lo",
                  .ends = "go ré té bo ba ko gou li no la dé ma ndé ga kpo nou vi ssou yé ra"},
      .size = 6500,
      .offset = 4};
  spec.male_second = "Moussa Jean Amadou Cheikh Marie Désiré Issa Paul Kouamé Lamine";
  spec.female_second = "Marie Fatou Awa Bintou Adjoua Rose Cécile Oumou Laure Estelle";
  spec.male_twins = "Adama/Awa Assane/Ousseynou Zan/Zié Jean-Pierre/Jean-Paul Seydou/Siaka";
  spec.female_twins = "Awa/Adama Fatou/Fanta Bintou/Binta Marie-Claire/Marie-Laure Mariam/Mariama";
  spec.nicknames =
      "Fatoumata=Fatou,Fanta Mamadou=Mamou,Madou Ibrahima=Ibou,Ibra Aïssatou=Aïssa Kadiatou=Kadi "
      "Ousmane=Ouzin Abdoulaye=Abdou,Laye Souleymane=Souley,Jules Aminata=Ami,Mina Mariam=Mimi "
      "Boubacar=Bouba Salimata=Sali Nafissatou=Nafi Maïmouna=Maï,Mouna Mohamed=Momo "
      "Jean-Baptiste=Jean,JB Jean-Pierre=Jean,Jipé Élisabeth=Élisa,Babeth Emmanuel=Manu "
      "Idrissa=Driss Alassane=Alas Djénéba=Djéné Korotoumou=Koro Amadou=Ama,Doudou "
      "Marie-Thérèse=Marie Marie-Claire=Marie Françoise=Fanfan Véronique=Véro Habibatou=Habi";
  spec.villages = {
      .starts = "Ba Kou Sa Ta Oua Ka Ko Zo Na Si Bo Gna Gba Ma Yé Fo Tou Dou Kpa Dia Thi",
      .middles = "ra li ma do na ba ta go gué ssi di mbé _",
      .ends = "dougou ré kro bo ba koro so la ville ni la gou ssou kaha ndé kpli"};
  return spec;
}

CultureSpec ethiopian_names() {
  CultureSpec spec;
  spec.script = Script::kEthiopic;
  spec.naming = FamilyNaming::kFathersGivenName;
  spec.has_second_given = 0.04;
  spec.swaps_names = 2;
  spec.male = {
      .common =
          "Abebe Kebede Tesfaye Haile Girma Tadesse Bekele Getachew Mulugeta Alemu Solomon "
          "Dawit Yohannes Mengistu Worku Desta Assefa Ayele Berhanu Demissie Fikru Gebre "
          "Hailu Kassa Lemma Mekonnen Negash Shiferaw Tekle Tilahun Wolde Yared Zerihun "
          "Ahmed Mohammed Hussen Abdi Jemal Bereket Biruk Ermias Henok Natnael Samuel Daniel "
          "Elias Teshome Tolosa Gemechu Lelisa Chala Dereje Endale Fasil Gizaw Habtamu Kiros "
          "Gebremariam Gebremedhin Woldemichael Haileselassie Tekleberhan",
      .grammar = {.starts = "Ab Be Te Ge Me Ta Le De Wo Ha Ke Se Za Fi Ye Mu Ne Gi As Am",
                  .middles = "re ke sfa ta le me ba she ga di ne te",
                  .ends = "w be sa le ye ta gn mu ssie hun na rga"},
      .size = 1200,
      .offset = 7};
  spec.female = {
      .common =
          "Almaz Tigist Hirut Meseret Aster Bekelech Birtukan Genet Mulu Selamawit Tsehay "
          "Wubit Yeshi Zenebech Abeba Alemitu Askale Belaynesh Desta Etenesh Fikirte Gete "
          "Haimanot Kidist Lemlem Marta Mekdes Netsanet Rahel Roman Saba Sara Senait Sosena "
          "Tsion Worknesh Yordanos Zewditu Fatuma Zahra Kedija Hawa Chaltu Lensa Derartu "
          "Bontu Meaza Helen Eden Bethlehem Hiwot Mahlet Ruth Feven Emebet Ejigayehu",
      .grammar = {.starts = "Ab Be Te Ge Me Ta Le De Wo Ha Ke Se Za Fi Ye Mu Ne As Am Tsi",
                  .middles = "re ke li ta le me ba she ga di ne zu",
                  .ends = "nesh tu ch wit t sha na ye ma bech"},
      .size = 900,
      .offset = 7};
  // Used only where a father's name is unknown; the second name is a father's given name.
  spec.family = {
      .common = "Abebe Kebede Tesfaye Haile Girma Tadesse Bekele", .size = 7, .offset = 4};
  spec.male_second = "Mariam Michael Selassie Giyorgis Kidan";
  spec.female_second = "Mariam Kidan Selassie";
  spec.male_twins = "Dawit/Solomon Bereket/Biruk Abel/Abenezer Haile/Hailu";
  spec.female_twins = "Genet/Gete Mulu/Mulunesh Sara/Saba Tigist/Tsige";
  spec.nicknames =
      "Abebe=Abe Tesfaye=Tesfa Getachew=Getch,Gech Mulugeta=Mule,Mulu Solomon=Sol,Sola "
      "Selamawit=Selam,Selu Birtukan=Birtu Meseret=Meski Bethlehem=Betty,Beti Tadesse=Tade "
      "Haileselassie=Haile Gebremariam=Gebre Gebremedhin=Gebre Woldemichael=Wolde "
      "Yohannes=John,Joni "
      "Habtamu=Habte Natnael=Nati Zenebech=Zeni Belaynesh=Belay Tekleberhan=Tekle "
      "Mohammed=Momi Worknesh=Worke Mekonnen=Meke Yordanos=Yordi Bekelech=Beke";
  spec.villages = {.starts = "Ade Be De Go Me Wo Ha Ke Sha Ne Gi Am Debre Ba Lali Je Ar Hawa Dil",
                   .middles = "ba re ke ta le me she ga di ne _",
                   .ends = "ma ssa la te ra bo le gedo ber ge ro na mba sha cho ndar"};
  return spec;
}

}  // namespace tessera
